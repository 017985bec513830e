namespace BuildKit.Tasks.FaultTests;

/// <summary>Passwords where they do not belong.</summary>
public sealed class PasswordFaults : Story
{
    private const string Password = "pa55w0rd-9c41";

    [Test]
    public async Task A_password_in_the_URL_of_a_context_is_told_and_shown_nowhere()
    {
        // Nobody answers there: the error quotes the address.
        WriteDockerfile($"FROM {BaseImages.Debian}\nCOPY --from=assets / /\n",
            $"<BuildKitContext>https://ann:{Password}@127.0.0.1:1/x.git</BuildKitContext>",
            $"<BuildKitNamedContext Include=\"assets\" Source=\"https://ann:{Password}@127.0.0.1:1/y.git\" />");
        var result = await Project.DotnetAsync(["publish", "-v:d"]);
        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(result.Log.Warnings.Select(warning => warning.Code), Is.EqualTo(new[] { "BK2010", "BK2010" }));
        Assert.That(result.Output, Does.Contain("https://***@127.0.0.1:1/x.git"));
        // What MSBuild itself writes of properties and items of the project is its own.
        Assert.That(result.Log.Messages.Where(message => message.Contains(Password, StringComparison.Ordinal)), Is.Empty);
        Assert.That(result.Log.Errors.Concat(result.Log.Warnings).Where(one => one.Text.Contains(Password, StringComparison.Ordinal)), Is.Empty);
        foreach (var file in Directory.GetFiles(Project.PathOf("obj"), "*", SearchOption.AllDirectories))
        {
            Assert.That(await File.ReadAllTextAsync(file), Does.Not.Contain(Password), file);
        }
    }

    [TestCase("DOTNET_CONTAINER_REGISTRY", true)]
    [TestCase("SDK_CONTAINER_REGISTRY", false)]
    public async Task Of_the_variables_for_a_login_MSBuild_logs_those_that_the_documents_name(string prefix, bool isLogged)
    {
        WriteDockerfile($"FROM {BaseImages.Debian}\nRUN : {Repository}\n");
        var result = await Project.DotnetAsync(["publish"], variables: new Dictionary<string, string?>
        {
            [prefix + "_UNAME"] = "ann",
            [prefix + "_PWORD"] = Password,
            ["MSBUILDLOGALLENVIRONMENTVARIABLES"] = null,
        });
        result.Succeeded();
        Assert.That((await result.UnpackedLogAsync()).Contains(Password, StringComparison.Ordinal), Is.EqualTo(isLogged));
        Assert.That(result.Output, Does.Not.Contain(Password));
    }
}
