using Microsoft.Build.Framework;

namespace BuildKit.Tasks;

public sealed partial class ReadDevSpaceFile
{
    /// <summary>Path of devspace.yaml, relative to the project's folder. BK6101.</summary>
    [Required]
    public string File { get; set; } = "";

    /// <summary>Names of profiles, in order, as a list. BK6106.</summary>
    public string Profiles { get; set; } = "";

    /// <summary>Whether profiles may activate themselves: <c>true</c> (default) or <c>false</c>. BK2001.</summary>
    public string ProfileActivation { get; set; } = "";

    /// <summary>Values of variables: name, and <c>Value</c>. BK6108.</summary>
    public ITaskItem[] Variables { get; set; } = [];

    /// <summary>Values of variables as NAME=VALUE, with semicolons between, which win over the items. BK6123.</summary>
    public string VariableList { get; set; } = "";

    /// <summary>Registry of the project; an image that names none goes there.</summary>
    public string Registry { get; set; } = "";

    /// <summary>Whether commands in the file may run: <c>true</c> or <c>false</c> (default). BK2001, BK6109.</summary>
    public string AllowCommands { get; set; } = "";

    /// <summary>File to write the items into, relative to the project's folder; empty writes none.</summary>
    public string ImportFile { get; set; } = "";
}
