using BuildKit.Core.Bakes;
using BuildKit.Core.Builds;
using BuildKit.Core.Requests;
using BuildKit.Core.UpToDateChecks;
using Microsoft.Build.Framework;

namespace BuildKit.Tasks;

/// <summary>Images of a bake as MSBuild items, which cross from project to project and from process to process.</summary>
internal static class BakeItems
{
    /// <summary>An image of a project, changed or not.</summary>
    public static ITaskItem FromPlan(PlannedBuild plan, bool changed) => TaskItems.Item(plan.Request.Name, new Dictionary<string, string>
    {
        ["Project"] = plan.Request.ProjectFile,
        ["References"] = string.Join(';', plan.Request.Tags),
        ["Bases"] = string.Join(';', BakeBases.Of(plan.Request).Select(one => $"{one.Name}|{one.Reference}|{one.IsRead}")),
        ["Changed"] = changed ? "true" : "false",
    });

    /// <summary>The image of an item.</summary>
    public static BakeImage ToImage(ITaskItem item) => new(item.ItemSpec, item.GetMetadata("Project"))
    {
        References = List(item, "References"),
        Bases = [.. List(item, "Bases").Select(text => text.Split('|')).Select(parts => new BakeBase(parts[0], parts[1], bool.Parse(parts[2])))],
        Changed = item.GetMetadata("Changed") == "true",
    };

    /// <summary>A prepared image: that of its plan, its builder, and where its files and its session are.</summary>
    public static ITaskItem FromSession(BuildSession session, string sessionKey)
    {
        var request = session.Plan.Request;
        var item = FromPlan(session.Plan, changed: true);
        foreach (var (name, value) in TaskItems.Metadata(TaskItems.FromBuilder(session.Builder)))
        {
            item.SetMetadata(name, value);
        }

        item.SetMetadata("Files", session.FileOf(""));
        item.SetMetadata("SessionKey", sessionKey);
        item.SetMetadata("Untried", string.Join(';', PushDestinations.Untried(request)));
        item.SetMetadata("Pushes", request.Pushes ? "true" : "false");
        // Where secrets are, never what they are.
        item.SetMetadata("Secrets", string.Join('\n', request.Secrets.Select(secret => $"{secret.Id}|{secret.EnvironmentVariable}|{secret.File}")));
        return item;
    }

    /// <summary>The prepared image of an item.</summary>
    public static BakeEntry ToEntry(ITaskItem item) => new(ToImage(item), item.GetMetadata("Files"), TaskItems.ToBuilder(item))
    {
        Untried = List(item, "Untried"),
        Pushes = item.GetMetadata("Pushes") == "true",
        Secrets = [.. item.GetMetadata("Secrets").Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(text => text.Split('|', 3)).Select(parts => new BuildSecret(parts[0], parts[1], parts[2]))],
    };

    private static string[] List(ITaskItem item, string name) => item.GetMetadata(name).Split(';', StringSplitOptions.RemoveEmptyEntries);
}
