using System.Runtime.InteropServices;
using BuildKit.Core.Builds;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.DockerfileChecks;
using BuildKit.Core.Environments;
using BuildKit.Core.Processes;
using BuildKit.Core.Projects;
using BuildKit.Core.Registries;
using BuildKit.Core.Reports;
using Microsoft.Build.Framework;
using MSBuildTask = Microsoft.Build.Utilities.Task;

namespace BuildKit.Tasks;

/// <summary>What all tasks share: cancellation, one boundary for exceptions, the environment, facts kept for a build.</summary>
public abstract class BuildKitTask : MSBuildTask, ICancelableTask
{
    // Long enough for BuildKit to end a step and say so, short enough for someone who pressed Ctrl-C.
    private static readonly TimeSpan GracePeriod = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource graceful = new();
    private readonly CancellationTokenSource forceful = new();
    private Action? stopListening;

    /// <summary>Full path of the project that builds; relative paths start at its folder.</summary>
    [Required]
    public string ProjectFile { get; set; } = "";

    /// <summary>Values of the project's properties: name, and <c>Value</c>. The names are those of the core's table.</summary>
    public ITaskItem[] Properties { get; set; } = [];

    /// <summary>The project's items, with <c>Kind</c>: the name that the project gives them.</summary>
    public ITaskItem[] Items { get; set; } = [];

    /// <summary>How processes are ended when MSBuild is.</summary>
    internal ProcessCancellation Cancellation => new(graceful.Token, forceful.Token);

    /// <summary>Where text goes.</summary>
    internal IDiagnosticSink Sink => field ??= CiErrorSink.Around(
        // The last gate: what no build knows to be secret, such as a password in a URL, stays in here.
        new RedactingSink(MSBuildSink, SecretRedactor.None), EnvironmentVariables, Environment.CommandLine);

    private MSBuildDiagnosticSink MSBuildSink => field ??= new MSBuildDiagnosticSink(Log, ProjectFile, BuildEngine, Environment.CommandLine);

    /// <summary>The environment as it was when the task began.</summary>
    internal BuildEnvironment EnvironmentVariables => field ??= BuildEnvironment.OfProcess(
        [.. TaskItems.OfKind(Items, "BuildKitRegistry").Select(registry => TaskItems.ToTrust(registry, ProjectFile))]);

    /// <summary>The registries, with one login and one connection for all projects that this process builds and that say the same of them.</summary>
    internal RegistryClients RegistryClients => field ??= Listening(Facts.Shared(
        $"{Project["BuildKitRegistryTimeout"]};{string.Join(';', EnvironmentVariables.Registries)}",
        () => new RegistryClients(EnvironmentVariables, RegistryClientOptions.Of(Project))));

    private BuildFacts Facts => field ??= new BuildFacts(BuildEngine4);

    /// <summary>What the project says.</summary>
    internal ProjectSettings Project =>
        field ??= new ProjectSettings(ProjectFile, TaskItems.ToProperties(Properties), TaskItems.ToItems(Items), EnvironmentVariables);

    /// <summary>Makes the seam to Docker's command line; tests put their own here.</summary>
    internal Func<string, IDockerCli>? DockerCliFactory { get; set; }

    /// <inheritdoc/>
    public void Cancel()
    {
        // MSBuild may call this thousands of times.
        if (!graceful.IsCancellationRequested)
        {
            graceful.Cancel();
            forceful.CancelAfter(GracePeriod);
        }
    }

    /// <inheritdoc/>
    public sealed override bool Execute()
    {
        // On SIGTERM MSBuild cancels nothing and dies; what the task started must not outlive it.
        void OnExit(object? sender, EventArgs arguments) => forceful.Cancel();
        AppDomain.CurrentDomain.ProcessExit += OnExit;
        // Nor on SIGHUP, when a terminal is closed: the process then dies without a word to anybody.
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, _ => forceful.Cancel());
        try
        {
            RunAsync().GetAwaiter().GetResult();
            return !Log.HasLoggedErrors && !graceful.IsCancellationRequested;
        }
        catch (OperationCanceledException) when (graceful.IsCancellationRequested)
        {
            return false;
        }
        catch (DiagnosticException failure)
        {
            failure.Diagnostics.ToList().ForEach(Sink.Report);
            return !Log.HasLoggedErrors;
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            var place = new SourceLocation(ProjectFile);
            Sink.Report(MachineFault.Of(failure, GetType().Name, place)
                ?? InternalDiagnostics.Unexpected.At(place, failure.GetType().Name, failure.Message));
            Sink.Message(MessageLevel.Detail, failure.StackTrace ?? "");
            return false;
        }
        finally
        {
            MSBuildSink.ShowResult();
            AppDomain.CurrentDomain.ProcessExit -= OnExit;
            stopListening?.Invoke();
        }
    }

    /// <summary>Does the work.</summary>
    internal abstract Task RunAsync();

    /// <summary>Does a work for each of several items; what one may not be done for does not keep the others.</summary>
    internal async Task EachAsync(IEnumerable<ITaskItem> items, Func<ITaskItem, Task> work)
    {
        foreach (var item in items)
        {
            try
            {
                await work(item).ConfigureAwait(false);
            }
            catch (DiagnosticException failure)
            {
                failure.Diagnostics.ToList().ForEach(Sink.Report);
            }
            catch (Exception failure) when (MachineFault.Of(failure, GetType().Name, new SourceLocation(ProjectFile)) is { } fault)
            {
                Sink.Report(fault);
            }
        }
    }

    /// <summary>Docker's command line: the program that <c>BuildKitDockerPath</c> names, else the one on PATH.</summary>
    /// <exception cref="DiagnosticException">BK1001.</exception>
    internal IDockerCli FindDocker() => new WatchedDockerCli(
        DockerCliFactory?.Invoke(Project["BuildKitDockerPath"]) ?? DockerCli.Find(Project["BuildKitDockerPath"], EnvironmentVariables),
        Sink, WatchedDockerCli.LimitOf(RunOptions.StallLimitOf(Project)));

    /// <summary>The checks of Dockerfiles that builds run.</summary>
    internal DockerfileLint MakeLint() => new(LintSettings.Of(Project), ProjectFacts.Of(Project)) { IsFirst = IsFirstInBuild };

    // Other tasks of the build share them, and a task logs nothing once it has ended.
    private RegistryClients Listening(RegistryClients registries)
    {
        void Say(string registry, TimeSpan left) => Sink.Message(
            MessageLevel.Important, $"Waiting for the registry {registry}, for {Quantity.Seconds(left.TotalSeconds)} more at most "
                + "(BuildKitRegistryTimeout).");
        registries.Waiting += Say;
        stopListening = () => registries.Waiting -= Say;
        return registries;
    }

    /// <summary>Finds a fact once for all projects of a build.</summary>
    /// <param name="key">What the fact depends on.</param>
    /// <param name="find">Finds it; a failure is not kept.</param>
    internal Task<T> OncePerBuildAsync<T>(string key, Func<Task<T>> find)
        where T : class => Facts.OnceAsync(key, find, graceful.Token);

    /// <summary>Whether this is the first to ask in a build, so that what holds for all projects is reported once.</summary>
    /// <param name="key">What is reported.</param>
    internal bool IsFirstInBuild(string key) => Facts.IsFirst(key);

    /// <summary>Keeps an object for a later task of the same project.</summary>
    /// <returns>The key to get it by.</returns>
    internal string Keep<T>(T value)
        where T : class => Facts.Keep(value);

    /// <summary>The object that an earlier task kept.</summary>
    internal T Kept<T>(string key)
        where T : class => Facts.Kept<T>(key);
}
