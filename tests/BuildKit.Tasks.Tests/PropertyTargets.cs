using System.Globalization;
using System.Text;
using BuildKit.Core.Projects;

namespace BuildKit.Tasks.Tests;

/// <summary>The files of build/ that are made from the tables of properties and items.</summary>
internal static class PropertyTargets
{
    private const string Made = "  <!-- Made from PropertyTable and ItemTable; a test writes it with BUILDKIT_UPDATE_GOLDEN=1. -->\n";

    /// <summary>Hands over what the project says: to the tasks that read files and select images before it is published, and to all others.</summary>
    public static string Properties()
    {
        var text = new StringBuilder("<Project>\n").Append(Made);
        Append(text, "_BuildKitCollectForFiles", "For the tasks that read images from other files.", "File", UsedBefore,
            item => item.Name == "BuildKitDevSpaceVar");
        Append(text, "_BuildKitCollectForSelection", "For the task that selects the images, before the project is published.", "Selection",
            UsedBefore, item => item.ReadBySelection);
        Append(text, "_BuildKitCollectProperties", "For all other tasks, when the SDK has computed what it computes.", "",
            property => !property.Use.HasFlag(PropertyUse.Targets), _ => true);
        return text.Append("</Project>\n").ToString();
    }

    /// <summary>Sets the defaults that are the same everywhere, so that projects can read them.</summary>
    public static string Defaults()
    {
        var text = new StringBuilder("<Project>\n").Append(Made).Append("  <PropertyGroup>\n");
        foreach (var property in PropertyTable.All.Where(property => property.Default.Length > 0))
        {
            text.Append(CultureInfo.InvariantCulture,
                $"    <{property.Name} Condition=\"'$({property.Name})' == ''\">{property.Default}</{property.Name}>\n");
        }

        return text.Append("  </PropertyGroup>\n</Project>\n").ToString();
    }

    private static bool UsedBefore(ProjectProperty property) => property.Use.HasFlag(PropertyUse.Selection);

    private static void Append(
        StringBuilder text, string target, string comment, string prefix, Func<ProjectProperty, bool> isRead, Func<ProjectItem, bool> isHandedOver)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n  <!-- {comment} -->\n  <Target Name=\"{target}\">\n    <ItemGroup>\n");
        foreach (var property in PropertyTable.All.Where(isRead))
        {
            var value = $"$({property.Name})";
            text.Append(CultureInfo.InvariantCulture, $"      <_BuildKit{prefix}Property Include=\"{property.Name}\" Value=\"{value}\" />\n");
            if (property.TakesItems)
            {
                // The last of several counts.
                text.Append(CultureInfo.InvariantCulture,
                    $"      <_BuildKit{prefix}Property Include=\"{property.Name}\" Value=\"{value};@({property.Name})\" Condition=\"'@({property.Name})' != ''\" />\n");
            }
        }

        if (prefix.Length == 0)
        {
            text.Append("      <!-- Where a pattern found a file is known here only. -->\n");
            text.Append("      <_BuildKitCopy Include=\"@(BuildKitCopy)\" RecursiveFolder=\"%(BuildKitCopy.RecursiveDir)\" />\n");
        }

        foreach (var item in ItemTable.All.Where(isHandedOver))
        {
            var source = item.Source.Length > 0 ? item.Source : item.Name;
            var kept = item.Kept.Count > 0 ? $" KeepMetadata=\"{string.Join(';', item.Kept)}\"" : "";
            text.Append(CultureInfo.InvariantCulture, $"      <_BuildKit{prefix}Item Include=\"@({source})\" Kind=\"{item.Name}\"{kept} />\n");
        }

        text.Append("    </ItemGroup>\n  </Target>\n");
    }
}
