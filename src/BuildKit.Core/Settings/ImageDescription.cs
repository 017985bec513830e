using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.Settings;

/// <summary>An item that a description adds, as a project would write it.</summary>
/// <param name="ItemName">For example <c>BuildKitBuildArg</c>.</param>
/// <param name="Include">Text of the item.</param>
/// <param name="Metadata">Its metadata, without <c>Image</c>.</param>
public sealed record DescribedItem(string ItemName, string Include, IReadOnlyDictionary<string, string> Metadata);

/// <summary>An image that another file describes, in the terms of a project: a definition and its items.</summary>
/// <param name="name">Name of the image definition.</param>
/// <param name="location">Where it is described.</param>
public sealed class ImageDescription(string name, SourceLocation location)
{
    /// <summary>Metadata of a definition that is there only because another one is built on it: <c>true</c>.</summary>
    public const string ForOthers = "_BuildKitForOthers";

    /// <summary>Metadata with the names of the definitions that one is built on, with <c>;</c> between.</summary>
    public const string BuiltOn = "_BuildKitBuiltOn";

    private readonly Dictionary<string, string> metadata = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<DescribedItem> items = [];

    /// <summary>Name of the image definition.</summary>
    public string Name => name;

    /// <summary>Where it is described.</summary>
    public SourceLocation Location => location;

    /// <summary>Metadata of the definition; it has the names of properties and wins over them.</summary>
    public IReadOnlyDictionary<string, string> Metadata => metadata;

    /// <summary>Items of this image only.</summary>
    public IReadOnlyList<DescribedItem> Items => items;

    /// <summary>Some images with all that they are built on, in the order of all.</summary>
    /// <param name="all">All images.</param>
    /// <param name="wanted">Those that are wanted.</param>
    /// <param name="nameOf">The name of one.</param>
    /// <param name="builtOn">Its <see cref="BuiltOn"/>.</param>
    internal static IReadOnlyList<T> WithBuiltOn<T>(IReadOnlyList<T> all, IEnumerable<T> wanted, Func<T, string> nameOf, Func<T, string> builtOn)
    {
        var (taken, open) = (new HashSet<T>(), new Stack<T>(wanted));
        while (open.TryPop(out var one))
        {
            if (taken.Add(one))
            {
                all.Where(other => builtOn(one).Split(';').Contains(nameOf(other), StringComparer.OrdinalIgnoreCase)).ToList().ForEach(open.Push);
            }
        }

        return [.. all.Where(taken.Contains)];
    }

    /// <summary>Sets metadata of the definition; an empty value sets nothing.</summary>
    public void Set(string property, string value)
    {
        if (value.Length > 0)
        {
            metadata[property] = value;
        }
    }

    /// <summary>Adds an item; metadata with an empty value is left out, and of two with one name the last counts.</summary>
    public void Add(string itemName, string include, params (string Name, string Value)[] values) =>
        items.Add(new DescribedItem(itemName, include, values.Where(pair => pair.Value.Length > 0)
            .GroupBy(pair => pair.Name, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(group => group.Key, group => group.Last().Value, StringComparer.OrdinalIgnoreCase)));

    /// <summary>Adds a build argument; null takes it from the environment.</summary>
    public void AddBuildArgument(string argument, string? value)
    {
        // An empty value would not survive as metadata.
        items.RemoveAll(item => item.ItemName == "BuildKitBuildArg" && item.Include.Split('=')[0] == argument);
        Add("BuildKitBuildArg", value is "" ? argument + "=" : argument, ("Value", value ?? ""));
    }
}
