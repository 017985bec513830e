using BuildKit.Core.Dockerfiles;

namespace BuildKit.Core.Tests.Dockerfiles;

public sealed class DockerfileInstructionTests
{
    [TestCase("RUN a \\\n  b", "a   b", 1, 2)]
    [TestCase("RUN a \\  \r\n\tb\r\n", "a \tb", 1, 2)]
    [TestCase("run a\\\n# comment\n  # another\n\nb", "ab", 1, 5)]
    [TestCase("# escape=`\nRUN dir c:\\\nRUN x", "dir c:\\", 2, 2)]
    [TestCase("# escape=`\nRUN a `\n b", "a  b", 2, 3)]
    [TestCase("RUN echo \\\\\nRUN x", "echo \\\\", 1, 1)]
    [TestCase("  RUN\ta # b", "a # b", 1, 1)]
    public void Lines_are_joined(string text, string arguments, int line, int endLine)
    {
        var instruction = Parse(text)[0];
        Assert.That((instruction.Keyword, instruction.Arguments, instruction.Line, instruction.EndLine),
            Is.EqualTo(("RUN", arguments, line, endLine)));
    }

    [Test]
    public void Flags_are_taken_from_the_arguments()
    {
        var instruction = Parse("COPY --from=build --link --exclude=\"a b\" --chmod=7\\55 [\"--x\", \"/y\"]")[0];
        Assert.Multiple(() =>
        {
            Assert.That(instruction.Flags, Is.EqualTo(new[]
            {
                new DockerfileFlag("from", "build"), new DockerfileFlag("link", null), new DockerfileFlag("exclude", "a b"),
                new DockerfileFlag("chmod", "755"),
            }));
            Assert.That(instruction.Arguments, Is.EqualTo("[\"--x\", \"/y\"]"));
            Assert.That(instruction.FlagValue("FROM"), Is.EqualTo("build"));
            Assert.That(Parse("RUN a --b=c")[0].Flags, Is.Empty, "flags stand first");
            Assert.That(Parse("RUN -- --b")[0].Arguments, Is.EqualTo("--b"), "two dashes end the flags");
        });
    }

    [TestCase("RUN <<EOF\na\n\tEOF\nEOF\nRUN b", "EOF", "a\n\tEOF\n", true, 4)]
    [TestCase("RUN <<-EOF\n\t\ta\n\tEOF\nRUN b", "EOF", "a\n", true, 3)]
    [TestCase("RUN python3 - <<'EOF'\n$a\nEOF\nRUN b", "EOF", "$a\n", false, 3)]
    [TestCase("RUN cat <<\"E F\" > /x\na\nE F\nRUN b", "E F", "a\n", false, 3)]
    [TestCase("COPY <<a.txt /\nFROM x\na.txt\nRUN b", "a.txt", "FROM x\n", true, 3)]
    [TestCase("ONBUILD RUN <<EOF\nFROM x\nEOF\nRUN b", "EOF", "FROM x\n", true, 3)]
    [TestCase("RUN <<EOF\r\na\r\nEOF\r\nRUN b", "EOF", "a\r\n", true, 3)]
    [TestCase("RUN <<EOF\n# a\\\nb\nEOF\nRUN b", "EOF", "# a\\\nb\n", true, 4)]
    public void A_here_document_is_read_to_its_end(string text, string name, string content, bool expands, int endLine)
    {
        var instructions = Parse(text);
        Assert.Multiple(() =>
        {
            Assert.That(instructions, Has.Count.EqualTo(2));
            Assert.That(instructions[0].Heredocs, Is.EqualTo(new[] { new DockerfileHeredoc(name, content, expands) }));
            Assert.That(instructions[0].EndLine, Is.EqualTo(endLine));
        });
    }

    [Test]
    public void Several_here_documents_follow_each_other()
    {
        var instructions = Parse("COPY <<one <<-two /dest/\n1\none\n\t2\n\ttwo\nRUN x");
        Assert.Multiple(() =>
        {
            Assert.That(instructions[0].Heredocs.Select(heredoc => heredoc.Content), Is.EqualTo(new[] { "1\n", "2\n" }));
            Assert.That(instructions[1].Line, Is.EqualTo(6));
        });
    }

    [TestCase("RUN [\"sh\", \"<<EOF\"]")]
    [TestCase("RUN echo \"<<EOF\"")]
    [TestCase("RUN cat <<<EOF")]
    [TestCase("RUN echo $((1<<2))")]
    [TestCase("ENV A=<<EOF")]
    public void Not_every_pair_of_angles_opens_a_here_document(string line) =>
        Assert.That(Parse(line + "\nRUN b")[0].Heredocs, Is.Empty);

    [Test]
    public void A_here_document_without_end_takes_the_rest()
    {
        var instructions = Parse("RUN <<EOF\na\nRUN b\n");
        Assert.That(instructions.Single().Heredocs.Single().Content, Is.EqualTo("a\nRUN b\n"));
    }

    private static IReadOnlyList<DockerfileInstruction> Parse(string text) => Dockerfile.Parse("Dockerfile", text).Instructions;
}
