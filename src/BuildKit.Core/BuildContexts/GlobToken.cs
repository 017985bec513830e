namespace BuildKit.Core.BuildContexts;

/// <summary>What a part of a pattern stands for.</summary>
internal enum GlobTokenKind
{
    /// <summary>A text as it is.</summary>
    Literal,

    /// <summary><c>?</c>: one character but a slash.</summary>
    AnyCharacter,

    /// <summary><c>*</c>: any characters but slashes.</summary>
    AnyInFolder,

    /// <summary><c>**</c> before something: nothing, or anything up to a slash.</summary>
    AnyFolders,

    /// <summary><c>**</c> at the end: anything.</summary>
    Anything,

    /// <summary><c>[...]</c>: one character of a class.</summary>
    Class,

    /// <summary><c>^</c> outside a class: BuildKit hands it to its regular expression, where it is the beginning.</summary>
    Start,
}

/// <summary>One part of a pattern.</summary>
internal readonly record struct GlobToken(GlobTokenKind Kind, string Text = "", GlobClass? Class = null);
