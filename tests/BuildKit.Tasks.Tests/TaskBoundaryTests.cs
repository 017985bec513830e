using System.Collections;
using System.Net.Sockets;
using System.Reflection;
using System.Text.Json;
using BuildKit.Core.Engines;
using BuildKit.Core.Environments;
using BuildKit.Core.Registries;
using Microsoft.Build.Framework;

namespace BuildKit.Tasks.Tests;

/// <summary>
/// Whatever the machine does to a task ends in a code that names the thing, and BK9001 stays for mistakes of ours. Each task
/// gets parameters that throw when they are read: the stand-in for a fault that nobody nearer to it has named.
/// </summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class TaskBoundaryTests : IDisposable
{
    private readonly TaskFixture fixture = new();

    private static IEnumerable<Type> Tasks => typeof(BuildKitTask).Assembly.GetTypes()
        .Where(type => type.IsAssignableTo(typeof(BuildKitTask)) && !type.IsAbstract);

    private static IEnumerable<TestCaseData> Faults => [.. All.Select(fault => new TestCaseData(fault.Fault, fault.Code, fault.Named)
        .SetArgDisplayNames($"{fault.Fault.GetType().Name} {fault.Named}", fault.Code))];

    private static IReadOnlyList<(Exception Fault, string Code, string Named)> All =>
    [
        (new IOException("Read-only file system : '/src/obj/buildkit'"), "BK1060", "/src/obj/buildkit"),
        (new IOException("Broken pipe"), "BK1060", "Broken pipe"),
        (new FileNotFoundException("Unable to find the specified file.", "/src/a.json"), "BK1060", "/src/a.json"),
        (new DirectoryNotFoundException("Could not find a part of the path '/src/obj'."), "BK1060", "/src/obj"),
        (new PathTooLongException("The path '/src/long' is too long"), "BK1060", "/src/long"),
        (new DriveNotFoundException("Could not find the drive 'Q:'"), "BK1060", "Q:"),
        (new EndOfStreamException("Unable to read beyond the end of the stream."), "BK1060", "end of the stream"),
        (new UnauthorizedAccessException("Access to the path '/src/obj' is denied."), "BK1060", "/src/obj"),
        (NoRoom("/tmp/a"), "BK1061", "/tmp/a"),
        (new JsonException("'x' is an invalid start of a value. Path: $.images[0]"), "BK1063", "$.images[0]"),
        (Of(() => JsonDocument.Parse("{\"a\":").Dispose()), "BK1063", "LineNumber: 0"),
        (Of(() => System.Xml.Linq.XDocument.Parse("<a>")), "BK1063", "Line 1"),
        (new InvalidDataException("The archive entry was compressed using an unsupported compression method."), "BK1063", "archive entry"),
        (new SocketException((int)SocketError.ConnectionRefused), "BK1062", new SocketException((int)SocketError.ConnectionRefused).Message),
        (new HttpRequestException("Connection refused (registry.example.com:443)",
            new SocketException((int)SocketError.ConnectionRefused)), "BK1062", "registry.example.com:443"),
        (new IOException("Unable to read data from the transport connection",
            new SocketException((int)SocketError.ConnectionReset)), "BK1062", "transport connection"),
        (new RegistryException(RegistryFailure.Server, "registry.example.com", "The registry registry.example.com answers 500."), "BK1062",
            "registry.example.com"),
        (new EngineException(
            EngineFailure.Other, EngineEndpoint.Find(new BuildEnvironment { ["DOCKER_HOST"] = "unix:///x.sock" }), "its answer is not JSON"),
            "BK1062", "unix:///x.sock"),
        (new AggregateException(new UnauthorizedAccessException("Access to the path '/src/obj' is denied.")), "BK1060", "/src/obj"),
    ];

    public void Dispose() => fixture.Dispose();

    [TestCaseSource(nameof(Tasks))]
    public void No_fault_of_the_machine_is_called_a_mistake_of_ours(Type type)
    {
        foreach (var (fault, code, named) in All)
        {
            var error = ErrorOf(type, fault);
            Assert.That((error.Code, error.File), Is.EqualTo((code, fixture.ProjectFile)), $"{fault.GetType().Name}: {error.Message}");
            Assert.That(error.Message, Does.Contain(named).And.Contains(type.Name));
        }
    }

    [TestCaseSource(nameof(Faults))]
    public void Each_fault_has_its_code(Exception fault, string code, string named)
    {
        var error = ErrorOf(typeof(PlanBuilds), fault);
        Assert.That(error.Code, Is.EqualTo(code));
        Assert.That(error.Message, Does.Contain(named).And.Not.Contain("own fault"));
    }

    [TestCaseSource(nameof(Tasks))]
    public void A_mistake_of_ours_is_BK9001(Type type) =>
        Assert.That(ErrorOf(type, new KeyNotFoundException("unheard of")).Code, Is.EqualTo("BK9001"));

    private BuildErrorEventArgs ErrorOf(Type type, Exception fault)
    {
        var task = (BuildKitTask)Activator.CreateInstance(type)!;
        (task.BuildEngine, task.ProjectFile) = (fixture.Engine, fixture.ProjectFile);
        var item = new ThrowingItem(fault);
        foreach (var parameter in type.GetProperties().Where(property => property.CanWrite))
        {
            if (parameter.PropertyType == typeof(ITaskItem))
            {
                parameter.SetValue(task, item);
            }
            else if (parameter.PropertyType == typeof(ITaskItem[]) && parameter.GetCustomAttribute<OutputAttribute>() is null)
            {
                parameter.SetValue(task, new ITaskItem[] { item });
            }
        }

        fixture.Engine.Errors.Clear();
        Assert.That(task.Execute(), Is.False);
        return fixture.Engine.Errors.Single();
    }

    // What .NET makes of ENOSPC, and on Windows of ERROR_DISK_FULL.
    private static IOException NoRoom(string path) =>
        new($"No space left on device : '{path}'", OperatingSystem.IsWindows() ? unchecked((int)0x80070070) : 28);

    private static Exception Of(Action action)
    {
        try
        {
            action();
        }
        catch (Exception failure)
        {
            return failure;
        }

        throw new InvalidOperationException("nothing was thrown");
    }

    private sealed class ThrowingItem(Exception fault) : ITaskItem
    {
        public string ItemSpec
        {
            get => throw fault;
            set => throw fault;
        }

        public ICollection MetadataNames => throw fault;

        public int MetadataCount => throw fault;

        // The kind can be read: the log needs the environment, which asks each item whether it is a registry.
        public string GetMetadata(string metadataName) => metadataName == "Kind" ? "BuildKitProject" : throw fault;

        public void SetMetadata(string metadataName, string metadataValue) => throw fault;

        public void RemoveMetadata(string metadataName) => throw fault;

        public void CopyMetadataTo(ITaskItem destinationItem) => throw fault;

        public IDictionary CloneCustomMetadata() => throw fault;
    }
}
