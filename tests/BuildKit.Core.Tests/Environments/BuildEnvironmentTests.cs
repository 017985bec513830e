using BuildKit.Core.Compose;
using BuildKit.Core.DevSpace;
using BuildKit.Core.Environments;
using BuildKit.Core.Processes;
using BuildKit.Core.Systems;

namespace BuildKit.Core.Tests.Environments;

public sealed class BuildEnvironmentTests
{
    private static readonly RegistryTrust Trust = new("registry.example", Insecure: false, "/ca.pem");

    private static readonly BuildEnvironment Windows = new(
        [new("Path", @"C:\tools"), new("PATH", @"C:\other"), new("Temp", @"C:\t")], [Trust], StringComparer.OrdinalIgnoreCase);

    [Test]
    public void Names_are_compared_without_case_where_the_system_does_so_and_the_first_of_two_counts()
    {
        Assert.That((Windows["PATH"], Windows.GetValueOrDefault("path", ""), Windows.ContainsKey("TEMP")),
            Is.EqualTo((@"C:\tools", @"C:\tools", true)));
        Assert.That(Windows.Variables.Count(), Is.EqualTo(2));
        var linux = new BuildEnvironment([new("Path", "1"), new("PATH", "2")], names: StringComparer.Ordinal);
        Assert.That((linux["Path"], linux["PATH"], linux.ContainsKey("path")), Is.EqualTo(("1", "2", false)));
    }

    [Test]
    public void A_change_finds_the_variable_however_it_is_written()
    {
        var changed = Windows.With([new("PATH", @"C:\new"), new("TEMP", null)]);
        Assert.That(changed.Variables, Is.EqualTo(new[] { KeyValuePair.Create("Path", @"C:\new") }));
        Assert.That(Windows["Path"], Is.EqualTo(@"C:\tools"), "the first one stays as it is");
        Assert.That(Windows.WithMissing([new("path", "x"), new("New", "y")]).Variables.Select(variable => variable.Value),
            Is.EqualTo(new[] { @"C:\tools", @"C:\t", "y" }));
    }

    [Test]
    public void Whatever_is_made_of_it_keeps_the_registries_and_the_way_of_comparing()
    {
        using var folder = new TestFolder();
        var file = folder.Write(".env", "A=1\nPATH=/from/file\n");
        BuildEnvironment[] made =
        [
            Windows.With([new("A", "1")]), Windows.WithMissing([new("A", "1")]), Windows.Without(name => name == "Temp"),
            EnvironmentFile.Join(file, Windows), ComposeProject.In(folder.Path, Windows).Environment,
        ];
        Assert.That(made.Select(one => (one.Registries.Single(), one["PATH"])), Is.All.EqualTo((Trust, @"C:\tools")));
    }

    [Test]
    public void This_process_has_one() =>
        Assert.That(BuildEnvironment.OfProcess([Trust]).GetValueOrDefault("PATH"), Is.EqualTo(Environment.GetEnvironmentVariable("PATH")));

    [Test]
    public void A_program_is_found_by_Path_too() =>
        Assert.That(
            ProgramSearch.Find(
                "git", new BuildEnvironment([new("Path", @"C:\git")], names: StringComparer.OrdinalIgnoreCase), HostSystem.Windows,
                file => file == @"C:\git\git.EXE"),
            Is.EqualTo(@"C:\git\git.EXE"));
}
