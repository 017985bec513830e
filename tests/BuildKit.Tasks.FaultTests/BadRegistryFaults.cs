namespace BuildKit.Tasks.FaultTests;

/// <summary>A registry that answers, but not as it should.</summary>
public sealed class BadRegistryFaults : Story
{
    private static readonly string[] Cases = ["cut", "slow", "redirect", "spoiled", "large", "limited"];

    [TestCaseSource(nameof(Cases))]
    public async Task A_base_image_that_does_not_come_whole_is_told(string how)
    {
        MoodyRegistry registry = null!;
        using (registry = new MoodyRegistry((method, path) => method != "GET" || !path.Contains("/manifests/", StringComparison.Ordinal)
            ? RegistryMood.Through : how switch
            {
                "cut" => RegistryMood.Cut,
                "slow" => RegistryMood.Slow,
                "redirect" => RegistryMood.Answer(307, ("Location", $"http://{registry.Address}{path}")),
                "spoiled" => RegistryMood.Spoiled,
                // Of 3 GB, 16 MiB and a little are read.
                "large" => RegistryMood.Answer(200) with { Length = 3L << 30 },
                _ => RegistryMood.Answer(429, ("Retry-After", "40")),
            }))
        {
            WriteConsole($"""
                <ContainerBaseImage>{registry.Address}/dotnet/runtime:10.0</ContainerBaseImage><BuildKitRegistryTimeout>{(how == "slow" ? "0.5"
                    : "20")}</BuildKitRegistryTimeout>
                """);
            var (code, text) = how switch
            {
                "cut" => ("BK3008", "the connection was closed"),
                "slow" => ("BK3008", "did not answer in time"),
                "redirect" => ("BK3008", "redirects to an address that is not followed"),
                "spoiled" => ("BK3008", "is not what its digest"),
                "large" => ("BK3008", "larger than 16 MiB"),
                _ => ("BK3029", "(Retry-After)"),
            };
            Assert.That((await Project.PublishAsync()).FailedWith(code).Text, Does.Contain(registry.Address).And.Contains(text));
        }
    }

    [Test]
    public async Task A_push_that_is_limited_says_when_to_try_again_and_the_next_one_only_pushes()
    {
        var busy = true;
        using var registry = new MoodyRegistry((_, path) => busy && path.StartsWith("/v2/", StringComparison.Ordinal)
            ? RegistryMood.Answer(429, ("Retry-After", "40")) : RegistryMood.Through);
        WriteDockerfile($"FROM {BaseImages.Debian}\nRUN : {Repository}\n", $"<ContainerRegistry>{registry.Address}</ContainerRegistry>");
        var error = (await Project.DotnetAsync(["publish"])).FailedWith("BK5009");
        Assert.That(error.Text, Does.Match(@"Try again in \d+ s, at .* \(Retry-After\)").And.Not.Contains("docker login"));
        busy = false;
        Assert.That((await Project.DotnetAsync(["publish"])).Succeeded().Output, Does.Contain("1 of 1 steps from the cache"));
    }

    // What the client and BuildKit are told by the server that gives tokens.
    [TestCase("<html>sign in</html>")]
    [TestCase("{\"token\":")]
    [TestCase("{}", Category = "Long")]
    public async Task A_token_server_that_gives_no_token_is_told(string answer)
    {
        MoodyRegistry registry = null!;
        using (registry = new MoodyRegistry((_, path) => path == "/token" ? RegistryMood.Answer(200) with { Body = answer }
            : RegistryMood.Answer(401, ("WWW-Authenticate", $"Bearer realm=\"http://{registry.Address}/token\",service=\"tokens\""))))
        {
            WriteDockerfile($"FROM scratch\nCOPY Dockerfile /{Repository}\n",
                $"<ContainerRegistry>{registry.Address}</ContainerRegistry><BuildKitCacheType>None</BuildKitCacheType>");
            Assert.That((await Project.DotnetAsync(["publish"])).FailedWith("BK1075").Text, Does.Contain("token server"));
        }
    }

    // Forms of a refusal that registries and proxies have.
    [TestCase("")]
    [TestCase("Negotiate")]
    [TestCase("Bearer")]
    [TestCase("Bearer realm=\"not an address\"")]
    public async Task A_refusal_in_an_odd_form_is_a_refusal(string challenge)
    {
        using var registry = new MoodyRegistry((_, _) => challenge.Length == 0 ? RegistryMood.Answer(401)
            : RegistryMood.Answer(401, ("WWW-Authenticate", challenge)));
        WriteDockerfile("FROM scratch\nCOPY Dockerfile /\n", $"<ContainerRegistry>{registry.Address}</ContainerRegistry>");
        Assert.That((await Project.DotnetAsync(["publish"])).FailedWith("BK5001").Text, Does.Contain($"docker login {registry.Address}"));
    }

    [Test]
    public async Task A_registry_that_nobody_knows_is_told_before_the_build()
    {
        WriteDockerfile($"FROM {BaseImages.Debian}\nRUN : {Repository}\n", "<ContainerRegistry>registry.invalid</ContainerRegistry>");
        var result = await Project.DotnetAsync(["publish"]);
        Assert.That(result.FailedWith("BK5010").Text, Does.Contain("registry.invalid").And.Contains("does not resolve"));
        Assert.That(result.Log.Tasks, Has.None.EqualTo("DockerBuildxBuild"));
    }
}
