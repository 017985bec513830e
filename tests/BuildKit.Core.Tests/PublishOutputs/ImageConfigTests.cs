using System.Text.Json.Nodes;
using BuildKit.Core.Images;
using BuildKit.Core.PublishOutputs;

namespace BuildKit.Core.Tests.PublishOutputs;

public sealed class ImageConfigTests
{
    private static readonly ContainerCommand App = new() { AppCommand = ["/app/shop"] };

    [Test]
    public void The_environment_is_the_bases_with_the_projects_on_top()
    {
        var config = Over("""{"Env":["PATH=/bin","A=1=1","BROKEN","B=2"]}""",
            new() { Command = App, Environment = [new("A", "9"), new("C", "3"), new("C", "4")] });
        Assert.That(config.Environment.Select(pair => $"{pair.Key}={pair.Value}"), Is.EqualTo(new[] { "PATH=/bin", "A=9", "B=2", "C=4" }));
    }

    [TestCase("""{"User":"root","Env":["APP_UID=1654"]}""", "", "1654")]
    [TestCase("""{"User":"root","Env":["APP_UID=1654"]}""", "me", "me")]
    [TestCase("""{"User":"1000"}""", "", "1000")]
    [TestCase("""{"User":"1000","Env":["APP_UID="]}""", "", "1000")]
    [TestCase("{}", "", "")]
    [TestCase("{}", "ContainerUser", "ContainerUser")]
    public void The_user_is_the_projects_then_APP_UID_then_the_bases(string config, string user, string expected) =>
        Assert.That(Over(config, new() { Command = App, User = user }).User, Is.EqualTo(expected));

    [Test]
    public void APP_UID_of_the_project_counts() =>
        Assert.That(Over("""{"Env":["APP_UID=1654"]}""", new() { Command = App, Environment = [new("APP_UID", "99")] }).User, Is.EqualTo("99"));

    [TestCase("ASPNETCORE_URLS=http://+:8080;https://*:8443/;http://[::]:81", "8080/tcp 8443/tcp 81/tcp")]
    [TestCase("ASPNETCORE_HTTP_PORTS=8080; 8081,ASPNETCORE_HTTPS_PORTS=8443;x", "8080/tcp 8081/tcp 8443/tcp")]
    [TestCase("ASPNETCORE_URLS=http://+:80,ASPNETCORE_HTTP_PORTS=8080", "80/tcp")]
    [TestCase("ASPNETCORE_URLS=http://unix:/tmp/socket", "")]
    [TestCase("OTHER=1", "")]
    public void Ports_come_from_what_ASP_NET_Core_listens_on(string environment, string expected)
    {
        var env = new JsonArray([.. environment.Split(',').Select(entry => (JsonNode)entry)]);
        Assert.That(Over(new JsonObject { ["Env"] = env }.ToJsonString(), new() { Command = App }).Ports,
            Is.EqualTo(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
    }

    [Test]
    public void Ports_of_base_project_and_environment_are_joined_once() => Assert.That(
        Over("""{"ExposedPorts":{"53/udp":{},"8080/tcp":{}},"Env":["ASPNETCORE_HTTP_PORTS=8080;9090"]}""",
            new() { Command = App, Ports = ["90/tcp", "53/udp"] }).Ports,
        Is.EqualTo(new[] { "53/udp", "8080/tcp", "90/tcp", "9090/tcp" }));

    [Test]
    public void Labels_are_the_bases_with_the_projects_on_top() => Assert.That(
        Over("""{"Labels":{"a":"1","b":"2"}}""", new() { Command = App }, new("b", "9"), new("c", "3")).Labels.Select(pair => pair.Key + pair.Value),
        Is.EqualTo(new[] { "a1", "b9", "c3" }));

    [TestCase("""["dotnet"]""")]
    [TestCase("""["/usr/bin/dotnet"]""")]
    public void The_bases_dotnet_is_dropped_and_its_CMD_does_not_come_along(string entrypoint)
    {
        var config = Over($$"""{"Entrypoint":{{entrypoint}},"Cmd":["--info"]}""", new() { Command = App with { Instruction = "DefaultArgs" } });
        Assert.That(config.Entrypoint, Is.Empty);
        Assert.That(config.Cmd, Is.EqualTo(new[] { "/app/shop" }));
    }

    [Test]
    public void The_whole_configuration_is_written_for_the_exporter()
    {
        var json = Over(
            """{"Env":["A=1"],"Volumes":{"/data":{}},"StopSignal":"SIGINT","Hostname":"x","Healthcheck":{"Test":["NONE"]},"WorkingDir":"/"}""",
            new() { Command = App with { DefaultArgs = ["x \"y\""] }, User = "1654", Ports = ["8080/tcp"], WorkingDirectory = "/app/" },
            new KeyValuePair<string, string>("l", "ü")).ToJson();
        var expected = """
            {"architecture":"arm","os":"linux","variant":"v7","config":{"User":"1654","ExposedPorts":{"8080/tcp":{}},"Env":["A=1"],
            "Entrypoint":["/app/shop"],"Cmd":["x \"y\""],"WorkingDir":"/app/","Labels":{"l":"ü"},
            "Volumes":{"/data":{}},"StopSignal":"SIGINT","Healthcheck":{"Test":["NONE"]}}}
            """;
        Assert.That(JsonNode.DeepEquals(JsonNode.Parse(json), JsonNode.Parse(expected)), Is.True, json);
    }

    [TestCase("{}")]
    [TestCase("""{"config":null}""")]
    [TestCase("""{"config":{}}""")]
    public void A_base_without_configuration_is_empty(string json)
    {
        var config = ImageConfig.Over(json, new Platform("linux", "amd64"), new() { Command = App }, []);
        Assert.That(config.ToJson(),
            Is.EqualTo("""{"architecture":"amd64","os":"linux","config":{"Env":[],"Entrypoint":["/app/shop"],"WorkingDir":"/app/"}}"""));
    }

    private static ImageConfig Over(string config, PublishedConfig project, params KeyValuePair<string, string>[] labels) =>
        ImageConfig.Over($$"""{"os":"linux","config":{{config}} }""", new Platform("linux", "arm", "v7"), project, labels);
}
