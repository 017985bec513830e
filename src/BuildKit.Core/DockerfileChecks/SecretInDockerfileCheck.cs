using System.Text.RegularExpressions;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Dockerfiles;

namespace BuildKit.Core.DockerfileChecks;

/// <summary>
/// BK3318: a secret in ARG, ENV, LABEL or RUN that BuildKit's check SecretsUsedInArgOrEnv does not see. That one knows some
/// names, as whole words between underscores, and no values.
/// </summary>
internal static partial class SecretInDockerfileCheck
{
    /// <summary>Finds them; a value is never quoted.</summary>
    public static IEnumerable<Diagnostic> Find(CheckInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input.Chains.SelectMany(chain => chain.Stage.Instructions).SelectMany(instruction => Find(input, instruction));
    }

    private static IEnumerable<Diagnostic> Find(CheckInput input, DockerfileInstruction instruction)
    {
        if (instruction.Keyword is "ARG" or "ENV")
        {
            foreach (var (name, value) in Pairs(instruction, input.Dockerfile.EscapeCharacter).Where(pair => !KnownToBuildKit().IsMatch(pair.Name)))
            {
                var reason = CredentialForm.IsIn(value)
                    ? "its value has the form of a credential"
                    : SecretName().IsMatch(name) && MayBeSecret(instruction.Keyword, name, value) ? "by its name" : null;
                if (reason is not null)
                {
                    yield return At(input, instruction, name, $"{instruction.Keyword} {name}", reason, name);
                }
            }
        }
        else if (CredentialForm.FirstIn(TextOf(instruction)) is { Length: > 0 } credential)
        {
            yield return At(input, instruction, credential, $"A value in {instruction.Keyword}", "it has the form of a credential", "TOKEN");
        }
    }

    // What comes from outside may be anything; a value that is written must look like one. A connection string without a
    // credential is none, and a path only says where something lies.
    private static bool MayBeSecret(string keyword, string name, string value) =>
        value.Length == 0 ? keyword == "ARG"
        : value.Contains('$', StringComparison.Ordinal)
        || (name.EndsWith("connectionstring", StringComparison.OrdinalIgnoreCase) ? Credential().IsMatch(value) : !PathOrSwitch().IsMatch(value));

    [GeneratedRegex(@"(?:password|pwd|accountkey|sharedaccesskey|sharedaccesssignature|secret|token)\s*=|//[^/\s:@]+:[^/\s@]+@",
        RegexOptions.IgnoreCase)]
    private static partial Regex Credential();

    [GeneratedRegex(@"^(?:/|\./|\.\./|[A-Za-z]:\\)|^(?:true|false|[01])\z", RegexOptions.IgnoreCase)]
    private static partial Regex PathOrSwitch();

    private static string TextOf(DockerfileInstruction instruction) =>
        instruction.Keyword == "RUN" ? RunCommands.TextOf(instruction) : instruction.Keyword == "LABEL" ? instruction.Arguments : "";

    private static Diagnostic At(CheckInput input, DockerfileInstruction instruction, string text, string what, string reason, string variable)
    {
        var (line, column) = input.Dockerfile.PlaceOf(instruction, text);
        return LayerCheckDiagnostics.SecretInDockerfile.At(
            new SourceLocation(input.Dockerfile.Path, line, column), what, reason, variable.ToLowerInvariant(), variable);
    }

    // "ENV name value" is the old form of one pair.
    private static IEnumerable<(string Name, string Value)> Pairs(DockerfileInstruction instruction, char escape)
    {
        var words = ShellWords.Split(instruction.Arguments, escape);
        return words.Count > 1 && instruction.Keyword == "ENV" && !words[0].Contains('=', StringComparison.Ordinal)
            ? [(words[0], string.Join(' ', words.Skip(1)))]
            : words.Select(word => word.Split('=', 2)).Select(parts => (parts[0], parts.Length > 1 ? ShellWords.Unquote(parts[1], escape) : ""));
    }

    // https://github.com/moby/buildkit/blob/master/frontend/dockerfile/dockerfile2llb/convert.go: its tokens and its exception.
    [GeneratedRegex("(?i)(?:_|^)(?:apikey|auth|credential|credentials|key|password|pword|passwd|secret|token)(?:_|$)")]
    private static partial Regex KnownToBuildKit();

    [GeneratedRegex(
        "(?i:(?:_|^)(?:passphrase|passwords|secrets|tokens|creds|connectionstring)$|_(?:pass|pwd|pat)$|(?:password|passwd|passphrase|apikey)$)"
            + "|(?<=[a-z0-9])(?:Secret|Token|Key)$(?<!(?i:public)Key)")]
    private static partial Regex SecretName();
}
