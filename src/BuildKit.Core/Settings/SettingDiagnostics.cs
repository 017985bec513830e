using BuildKit.Core.Diagnostics;
using BuildKit.Core.Projects;

namespace BuildKit.Core.Settings;

/// <summary>Collects what is wrong in the settings of one image, so that all of it is reported at once.</summary>
/// <param name="settings">The settings.</param>
public sealed class SettingDiagnostics(ImageSettings settings)
{
    private readonly List<Diagnostic> found = [];

    /// <summary>The settings.</summary>
    public ImageSettings Settings => settings;

    /// <summary>All that was found, in order.</summary>
    public IReadOnlyList<Diagnostic> Found => found;

    /// <summary>Whether any of it is an error.</summary>
    public bool HasErrors => found.Exists(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

    /// <summary>Adds a finding at the line of a property.</summary>
    public void Add(DiagnosticDescriptor descriptor, string property, params object?[] arguments) =>
        found.Add(descriptor.At(At(property), arguments));

    /// <summary>Adds a finding that is already made; null is none.</summary>
    public void Add(Diagnostic? diagnostic)
    {
        if (diagnostic is not null)
        {
            found.Add(diagnostic);
        }
    }

    /// <summary>Adds a finding about an item; its line is looked up when there is a finding.</summary>
    /// <param name="itemName">Name of the item.</param>
    /// <param name="include">Its text.</param>
    /// <param name="validate">Gives the finding for a location, or null.</param>
    public void AddItem(string itemName, string include, Func<SourceLocation?, Diagnostic?> validate)
    {
        if (validate(null) is not null)
        {
            Add(validate(ProjectFileLocation.Of(settings.ProjectFile, itemName, include)));
        }
    }

    /// <summary>Adds what an exception carries.</summary>
    public void Add(DiagnosticException exception) => found.AddRange(exception.Diagnostics);

    /// <summary>The line of a property.</summary>
    public SourceLocation At(string property) => ProjectFileLocation.Of(settings.ProjectFile, property);

    /// <summary>Reads a choice; empty means that none is set, or that it is refused.</summary>
    public string Choice(string property)
    {
        try
        {
            return settings.Choice(property);
        }
        catch (DiagnosticException wrong)
        {
            Add(wrong);
            return "";
        }
    }

    /// <summary>Reads a switch; null stands for the default.</summary>
    public bool? Switch(string property)
    {
        if (!SwitchText.TryRead(settings[property], out var value))
        {
            Add(settings.Refuse(property, settings[property]));
        }

        return value;
    }
}
