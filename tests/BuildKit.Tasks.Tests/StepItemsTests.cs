using BuildKit.Core.Images;
using BuildKit.Core.Reports;

namespace BuildKit.Tasks.Tests;

public sealed class StepItemsTests
{
    /// <summary>A build whose last step has all that a step can have.</summary>
    internal static BuildReport Report { get; } = new(
        new BuiltImage { Name = "web", References = [] }, false, "", "/src/Dockerfile",
        [
            new ReportStep(0, "[linux/arm64 build 1/2] FROM debian", "build", "FROM debian", "base", 0, 20, []),
            new ReportStep(1, "[linux/arm64 build 2/2] RUN printf 'a\\n' &&\n    exit 50%3B", "build", "RUN printf 'a\\n' &&\n    exit 50%3B",
                "failed", 20, 1520, [0])
            {
                Platform = "linux/arm64", Line = 2, Critical = true, Error = "exit code: 50", Output = ["a", "b; $(c) %41"],
            },
        ])
    {
        Changes = new BuildChanges(1, "", [], 0, [new StepChange(1, "The instruction is new or was changed.")]),
    };

    [Test]
    public void A_step_keeps_every_character_and_has_its_name_on_one_line()
    {
        var step = StepItems.Of(Report)[1];
        Assert.That(step.ItemSpec, Is.EqualTo("[linux/arm64 build 2/2] RUN printf 'a\\n' && exit 50%3B"));
        Assert.That(TaskItems.Metadata(step), Is.EquivalentTo(new Dictionary<string, string>
        {
            ["Image"] = "web",
            ["State"] = "failed",
            ["Stage"] = "build",
            ["Platform"] = "linux/arm64",
            ["Command"] = "RUN printf 'a\\n' &&\n    exit 50%3B",
            ["File"] = "/src/Dockerfile",
            ["Line"] = "2",
            ["Began"] = "0.02",
            ["Seconds"] = "1.5",
            ["Critical"] = "true",
            ["Reason"] = "The instruction is new or was changed.",
            ["Needs"] = "[linux/arm64 build 1/2] FROM debian",
            ["LastOutput"] = "a\nb; $(c) %41",
            ["Error"] = "exit code: 50",
        }));
    }

    [Test]
    public void What_a_step_has_not_is_no_metadata() => Assert.That(
        TaskItems.Metadata(StepItems.Of(Report)[0]).Keys, Is.EquivalentTo(new[] { "Image", "State", "Stage", "Command", "Began", "Seconds" }));
}
