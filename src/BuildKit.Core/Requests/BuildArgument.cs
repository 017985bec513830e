using System.Text.RegularExpressions;
using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.Requests;

/// <summary>A value for an <c>ARG</c> of the Dockerfile.</summary>
/// <param name="Name">Name of the argument.</param>
/// <param name="Value">Its value; null takes it from the environment variable of that name, as Docker does.</param>
/// <param name="MayBeSensitive">False when the project says that it is no secret (<c>Sensitive="false"</c>).</param>
public sealed partial record BuildArgument(string Name, string? Value, bool MayBeSensitive = true)
{
    /// <summary>Checks the argument and warns when it looks like a credential.</summary>
    /// <returns>BK2011 for a bad name, BK2010 for something that looks like a secret, else null.</returns>
    public Diagnostic? Validate(SourceLocation? location)
    {
        if (!NameForm().IsMatch(Name))
        {
            return PropertyDiagnostics.InvalidName.At(
                location, "The build argument", Name, "use letters, digits and '_', not beginning with a digit");
        }

        if (!MayBeSensitive)
        {
            return null;
        }

        var reason = Value is not null && CredentialForm.IsIn(Value) ? "its value has the form of a credential"
            : SecretName().IsMatch(Name) ? "by its name"
            : null;
        return reason is null
            ? null
            : PropertyDiagnostics.LooksSecret.At(location, $"The build argument {Name}", reason, Remedy(Name, Name.ToLowerInvariant()));
    }

    private static string Remedy(string name, string id) =>
        "Build arguments stay readable in the image's history and in logs. Use "
        + $"<BuildKitSecret Include=\"{id}\" EnvironmentVariable=\"{name}\" /> and RUN --mount=type=secret,id={id}; "
        + "Sensitive=\"false\" on the item silences this.";

    /// <summary>The arguments that give it to buildx.</summary>
    public IEnumerable<string> ToArguments() => ["--build-arg", Value is null ? Name : $"{Name}={Value}"];

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_.-]*\z")]
    private static partial Regex NameForm();

    [GeneratedRegex(
        @"(?i)(?:^|_)(?:PASSWORD|PASSWD|PWD|SECRET|TOKEN|APIKEY|API_KEY|ACCESS_KEY|PRIVATE_KEY|CREDENTIALS?)(?:$|_)|(?:PASSWORD|SECRET|TOKEN"
            + @"|APIKEY)$")]
    private static partial Regex SecretName();
}
