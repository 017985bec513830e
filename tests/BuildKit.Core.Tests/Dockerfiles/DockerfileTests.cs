using BuildKit.Core.Dockerfiles;

namespace BuildKit.Core.Tests.Dockerfiles;

public sealed class DockerfileTests
{
    [Test]
    public void Stages_have_name_base_platform_and_line()
    {
        var dockerfile = Parse("FROM a/b:1 AS Base", "RUN x", "", "from --platform=$BUILDPLATFORM c as build", "COPY . .", "FROM base", "CMD y");
        Assert.That(
            dockerfile.Stages.Select(stage => (stage.Index, stage.Name, stage.BaseName, stage.Platform, stage.Line, stage.Instructions.Count)),
            Is.EqualTo(new[]
        {
            (0, (string?)"Base", "a/b:1", (string?)null, 1, 1),
            (1, "build", "c", "$BUILDPLATFORM", 4, 1),
            (2, null, "base", null, 6, 1),
        }));
    }

    [Test]
    public void A_stage_can_start_from_an_earlier_stage_whatever_the_case()
    {
        var dockerfile = Parse("FROM x AS Base", "FROM base AS final", "FROM final2", "FROM y AS final2");
        Assert.That(dockerfile.Stages.Select(stage => dockerfile.BaseStageOf(stage)?.Index), Is.EqualTo(new int?[] { null, 0, null, null }));
    }

    [TestCase("build", 0)]
    [TestCase("BUILD", 0)]
    [TestCase("1", 1)]
    [TestCase("7", 2)]
    [TestCase("3", null)]
    [TestCase("-1", null)]
    [TestCase("", null)]
    public void A_stage_is_found_by_name_without_case_or_by_number(string wanted, int? index) =>
        Assert.That(Parse("FROM a AS build", "FROM b", "FROM c AS 7").FindStage(wanted)?.Index, Is.EqualTo(index));

    [TestCase("buidl", "build")]
    [TestCase("Runtme", "runtime")]
    [TestCase("zzzzz", null)]
    [TestCase("", null)]
    public void The_nearest_stage_is_suggested(string wanted, string? suggestion) =>
        Assert.That(Parse("FROM a AS build", "FROM b AS runtime", "FROM c").Suggest(wanted), Is.EqualTo(suggestion));

    [Test]
    public void Base_images_get_the_defaults_of_global_arguments_and_the_build_arguments()
    {
        var dockerfile = Parse("ARG TAG=10.0", "ARG IMAGE=\"app:${TAG}\" EMPTY", "FROM $IMAGE AS a", "ARG TAG=later", "FROM ${EMPTY:-none}:${TAG}",
            "FROM x:${UNKNOWN}");
        Assert.Multiple(() =>
        {
            Assert.That(dockerfile.Stages.Select(stage => stage.Base), Is.EqualTo(new[] { "app:10.0", "none:10.0", "x:" }));
            Assert.That(dockerfile.ResolveBase(dockerfile.Stages[0], new Dictionary<string, string> { ["TAG"] = "11" }), Is.EqualTo("app:11"));
            Assert.That(dockerfile.ResolveBase(dockerfile.Stages[2], new Dictionary<string, string> { ["UNKNOWN"] = "1" }), Is.EqualTo("x:"),
                "only declared arguments count");
            Assert.That(dockerfile.GlobalArguments, Is.EqualTo(new[]
            {
                new DockerfileArgument("TAG", "10.0", 1), new DockerfileArgument("IMAGE", "\"app:${TAG}\"", 2),
                new DockerfileArgument("EMPTY", null, 2),
            }));
        });
    }

    [TestCase("$A", "1")]
    [TestCase("${A}b", "1b")]
    [TestCase("${N:-x}", "x")]
    [TestCase("${E:-x}", "x")]
    [TestCase("${E-x}", "")]
    [TestCase("${N-x}", "x")]
    [TestCase("${A:+y}", "y")]
    [TestCase("${N:-${A}}", "1")]
    [TestCase("${N:-a${A:-b}c}d", "a1cd")]
    [TestCase("'$A'", "$A")]
    [TestCase("\"$A\"", "1")]
    [TestCase("\\$A", "$A")]
    [TestCase("a$", "a$")]
    [TestCase("${A#1}", "${A#1}")]
    [TestCase("${A", "${A")]
    [TestCase("alpine-$TARGETARCH", "alpine-$TARGETARCH")]
    public void Variables_are_replaced_as_documented(string written, string expected)
    {
        var dockerfile = Parse("ARG A=1", "ARG E=", "FROM " + written);
        Assert.That(dockerfile.Stages[0].Base, Is.EqualTo(expected));
    }

    [Test]
    public void Directives_are_read_until_the_first_other_line()
    {
        var dockerfile = Parse("\uFEFF# Syntax = docker/dockerfile:1 ", "#check=skip=all", "# a comment", "# escape=`", "FROM a");
        Assert.Multiple(() =>
        {
            Assert.That(dockerfile.Directives,
                Is.EqualTo(new Dictionary<string, string> { ["syntax"] = "docker/dockerfile:1", ["check"] = "skip=all" }));
            Assert.That(dockerfile.EscapeCharacter, Is.EqualTo('\\'));
            Assert.That(dockerfile.Stages[0].Line, Is.EqualTo(5));
        });
    }

    [TestCase("")]
    [TestCase("\\")]
    [TestCase("FROM")]
    [TestCase("FROM \\\n")]
    [TestCase("RUN <<EOF")]
    [TestCase("COPY [\"a\", \n")]
    [TestCase("RUN \"x")]
    [TestCase("COPY --from=")]
    [TestCase("--")]
    [TestCase("# escape=x\nFROM a \\")]
    [TestCase("ARG =\nFROM ${:-}")]
    [TestCase("COPY --\nADD")]
    [TestCase("\0\uD800 \u0085")]
    public void Malformed_text_never_throws(string text) =>
        Assert.That(() => CopySources.Of(Dockerfile.Parse("Dockerfile", text)), Throws.Nothing);

    [Test]
    public void Deeply_nested_variables_do_not_exhaust_the_stack()
    {
        var text = string.Concat(Enumerable.Repeat("${A:-", 100_000));
        Assert.That(() => Parse("FROM " + text), Throws.Nothing);
    }

    [Test]
    public void A_file_is_loaded_with_its_byte_order_mark()
    {
        using var folder = new TestFolder();
        var path = folder.Write("Dockerfile", "\uFEFFFROM a\r\nRUN b\r\n");
        var dockerfile = Dockerfile.Load(path);
        Assert.Multiple(() =>
        {
            Assert.That(dockerfile.Path, Is.EqualTo(path));
            Assert.That(dockerfile.Stages[0].Base, Is.EqualTo("a"));
            Assert.That(dockerfile.Instructions[1].Arguments, Is.EqualTo("b"));
        });
    }

    private static Dockerfile Parse(params string[] lines) => Dockerfile.Parse("Dockerfile", string.Join('\n', lines));
}
