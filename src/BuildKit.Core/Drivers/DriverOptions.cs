using static BuildKit.Core.Drivers.DriverOptionForm;

namespace BuildKit.Core.Drivers;

/// <summary>The options of each driver, and how they are written on a command line.</summary>
internal static class DriverOptions
{
    private static readonly DriverOption DefaultLoad = new("default-load", Switch);

    private static readonly DriverOption[] Container =
    [
        new("image", Text), new("network", Text), new("memory", Quantity), new("memory-swap", Quantity),
        new("cpu-period", Count), new("cpu-quota", Count), new("cpu-shares", Count), new("cpuset-cpus", Text),
        new("cpuset-mems", Text), new("cgroup-parent", Text), new("restart-policy", Text), new("gpus", Text), DefaultLoad,
    ];

    private static readonly DriverOption[] Kubernetes =
    [
        new("image", Text), new("namespace", Text), new("replicas", Count), new("rootless", Switch),
        new("requests.cpu", Quantity), new("requests.memory", Quantity), new("requests.ephemeral-storage", Quantity),
        new("limits.cpu", Quantity), new("limits.memory", Quantity), new("limits.ephemeral-storage", Quantity),
        new("nodeselector", Text), new("annotations", Text), new("labels", Text), new("tolerations", Text),
        new("serviceaccount", Text), new("schedulername", Text), new("loadbalance", Text), new("timeout", Duration),
        new("qemu.install", Switch), new("qemu.image", Text), new("buildkit-root-volume-memory", Quantity), DefaultLoad,
    ];

    private static readonly DriverOption[] Remote =
        [new("servername", Text), new("cacert", DriverOptionForm.File), new("cert", DriverOptionForm.File), new("key", DriverOptionForm.File),
            DefaultLoad];

    /// <summary>The options of a driver; the docker driver has none.</summary>
    public static IReadOnlyList<DriverOption> Of(BuilderDriver driver) => driver switch
    {
        BuilderDriver.DockerContainer => Container,
        BuilderDriver.Kubernetes => Kubernetes,
        BuilderDriver.Remote => Remote,
        _ => [],
    };

    /// <summary>The option of a name, or null: newer versions of buildx have more, and judge them themselves.</summary>
    public static DriverOption? Find(BuilderDriver driver, string name) =>
        Of(driver).FirstOrDefault(option => option.Name == name);

    /// <summary>The text for <c>--driver-opt</c>, which is read as a line of CSV.</summary>
    public static string Argument(string name, string value)
    {
        var text = $"{name}={value}";
        return text.IndexOfAny([',', '"', '\n', '\r']) < 0 && !text.StartsWith(' ')
            ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
