namespace BuildKit.Tasks.EngineTests;

/// <summary>Starts the machine that all stories share, and stops it after the last.</summary>
[SetUpFixture]
public sealed class StartedMachine
{
    [OneTimeSetUp]
    public Task StartAsync() => Machine.StartAsync();

    [OneTimeTearDown]
    public Task StopAsync() => Machine.StopAsync();
}
