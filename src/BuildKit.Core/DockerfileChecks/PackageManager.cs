using System.Text.RegularExpressions;
using BuildKit.Core.Dockerfiles;

namespace BuildKit.Core.DockerfileChecks;

/// <summary>A program that installs dependencies, and where it keeps what it downloaded.</summary>
/// <param name="Command">How it is called, a regular expression.</param>
/// <param name="Mount">The cache mounts to give it, for root.</param>
/// <param name="Copy">The line that copies what names the dependencies; empty when it reads nothing of the context.</param>
/// <param name="NoCache">What in the command says that it keeps nothing on purpose, a regular expression; empty when nothing does.</param>
internal sealed record PackageManager(string Command, string Mount, string Copy, string NoCache = "")
{
    /// <summary>Those that the checks know.</summary>
    public static IReadOnlyList<PackageManager> All { get; } =
    [
        new(@"dotnet\s+restore", Cache("/root/.nuget/packages"), "COPY the .csproj files and the Directory.*.props that apply"),
        new(@"npm\s+(?:ci|install|i)\b(?!\s+(?:-g|--global))", Cache("/root/.npm"), "COPY package.json package-lock.json ./"),
        new(@"yarn\s+install", Cache("/usr/local/share/.cache/yarn"), "COPY package.json yarn.lock ./"),
        new(@"pnpm\s+(?:install|i)\b", Cache("/root/.local/share/pnpm/store"), "COPY package.json pnpm-lock.yaml ./"),
        new(@"(?:pip3?|python3?\s+-m\s+pip)\s+install\s+(?:\S+\s+)*-r\s*\S+", Cache("/root/.cache/pip"), "COPY requirements.txt ./",
            @"--no-cache-dir\b|\bPIP_NO_CACHE_DIR"),
        new(@"uv\s+sync", Cache("/root/.cache/uv"), "COPY pyproject.toml uv.lock ./", @"--no-cache\b"),
        new(@"poetry\s+install", Cache("/root/.cache/pypoetry"), "COPY pyproject.toml poetry.lock ./"),
        new(@"go\s+mod\s+download", Cache("/go/pkg/mod"), "COPY go.mod go.sum ./"),
        new(@"bundle\s+install", Cache("/usr/local/bundle/cache"), "COPY Gemfile Gemfile.lock ./"),
        new(@"composer\s+install", Cache("/root/.composer/cache"), "COPY composer.json composer.lock ./"),
        new(@"apt-get\s+(?:-\S+\s+)*install", Cache("/var/cache/apt,sharing=locked") + " " + Cache("/var/lib/apt,sharing=locked"), ""),
    ];

    /// <summary>The command as written in an instruction; null when it is not in it.</summary>
    public string? FindIn(DockerfileInstruction instruction) =>
        Regex.Match(RunCommands.TextOf(instruction), @"(?<![\w-])" + Command, RegexOptions.CultureInvariant) is { Success: true } match
            ? Regex.Replace(match.Value, @"\s+", " ") : null;

    private static string Cache(string target) => "--mount=type=cache,target=" + target;
}
