namespace Microsoft.Build.Framework;

/// <summary>
/// Marks a task that needs neither the current directory nor the environment of its process for itself. Multi-threaded
/// MSBuild looks for the name alone, so this copy counts, and older MSBuild versions need not know it.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
internal sealed class MSBuildMultiThreadableTaskAttribute : Attribute;
