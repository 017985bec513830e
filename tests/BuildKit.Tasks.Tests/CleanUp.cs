namespace BuildKit.Tasks.Tests;

/// <summary>Removes what all tests share.</summary>
[SetUpFixture]
public sealed class CleanUp
{
    [OneTimeTearDown]
    public void RemovePackage() => PackedPackage.Remove();
}
