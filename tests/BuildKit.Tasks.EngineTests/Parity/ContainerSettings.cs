namespace BuildKit.Tasks.EngineTests.Parity;

/// <summary>The rows that differ in the SDK's container settings; what is published is the same.</summary>
internal static class ContainerSettings
{
    public static IReadOnlyList<ParityRow> Rows { get; } =
    [
        new("user-and-directory")
            { Properties = "<ContainerUser>root</ContainerUser><ContainerWorkingDirectory>/srv/my app/</ContainerWorkingDirectory>" },
        new("directory-with-slash") { Properties = "<ContainerWorkingDirectory>/srv/app/</ContainerWorkingDirectory>" },
        new("ports")
        {
            Items = """
                <ContainerPort Include="9000" /><ContainerPort Include="9001" Type="udp" />
                <ContainerEnvironmentVariable Include="ASPNETCORE_HTTP_PORTS" Value="8081;8082" />
                <ContainerEnvironmentVariable Include="ASPNETCORE_HTTPS_PORTS" Value="8443" />
                """,
        },
        new("ports-of-urls")
        {
            Items = """<ContainerEnvironmentVariable Include="ASPNETCORE_URLS" Value="http://+:7000;https://*:7001;http://[::]:7002" />""",
        },
        new("environment")
        {
            Items = """
                <ContainerEnvironmentVariable Include="SPACES" Value="a  b c" />
                <ContainerEnvironmentVariable Include="EQUALS" Value="k=v=w" />
                <ContainerEnvironmentVariable Include="QUOTES" Value="say &quot;it's&quot;" />
                <ContainerEnvironmentVariable Include="DOLLAR" Value="$HOME ${PATH} $$" />
                <ContainerEnvironmentVariable Include="NON_ASCII" Value="äöü 漢字 \n \" />
                <ContainerEnvironmentVariable Include="EMPTY" Value="" />
                <ContainerEnvironmentVariable Include="PATH" Value="/opt/bin" />
                """,
        },
        new("labels")
        {
            Properties = """
                <Description>Sells "coffee" &amp; tea, $5</Description><Authors>Ann;Bob</Authors><PackageProjectUrl>https://example.com/a?b=c:d</PackageProjectUrl>
                <ContainerVersion>1.2.3-beta+abc</ContainerVersion><PackageLicenseExpression>MIT</PackageLicenseExpression><Title>Äpfel</Title><ContainerVendor>Shop: Ltd</ContainerVendor>
                """,
            Items =
                """<ContainerLabel Include="com.example.note" Value="a: b = c" /><ContainerLabel Include="org.opencontainers.image.title" Value="mine" />""",
        },
        new("source-labels")
        {
            Properties =
                "<PublishRepositoryUrl>true</PublishRepositoryUrl><RepositoryType>git</RepositoryType>"
                    + "<PrivateRepositoryUrl>https://example.com/shop.git</PrivateRepositoryUrl><SourceRevisionId>0123abc</SourceRevisionId>",
        },
        new("some-labels")
        {
            Properties =
                "<Description>d</Description><Authors>a</Authors>"
                    + "<ContainerGenerateLabelsImageDescription>false</ContainerGenerateLabelsImageDescription>"
                    + "<ContainerGenerateLabelsImageAuthors>false</ContainerGenerateLabelsImageAuthors>",
        },
        new("no-labels") { Properties = "<ContainerGenerateLabels>false</ContainerGenerateLabels>" },
        new("no-base-labels")
        {
            Properties = """
                <ContainerGenerateLabelsImageBaseDigest>false</ContainerGenerateLabelsImageBaseDigest><ContainerGenerateLabelsImageBaseName>false</ContainerGenerateLabelsImageBaseName>
                <ContainerGenerateLabelsDotnetToolset>false</ContainerGenerateLabelsDotnetToolset>
                """,
        },
        new("docker-format") { Properties = "<ContainerImageFormat>Docker</ContainerImageFormat>" },
        new("oci-format") { Properties = "<ContainerImageFormat>OCI</ContainerImageFormat>" },
        new("app-args") { Items = """<ContainerAppCommandArgs Include="--a;b c" />""" },
        new("default-args") { Items = """<ContainerDefaultArgs Include="--a;$HOME" />""" },
        new("own-app-command")
            { Items =
                """<ContainerAppCommand Include="/bin/sh;-c" /><ContainerAppCommandArgs Include="echo hi" /><ContainerDefaultArgs Include="x" />""" },
        new("entrypoint") { Items = """<ContainerEntrypoint Include="/usr/bin/env;-i" />""" },
        new("entrypoint-args")
            { Items =
                """<ContainerEntrypoint Include="/usr/bin/env" /><ContainerEntrypointArgs Include="A=1" /><ContainerDefaultArgs Include="x" />""" },
        new("only-entrypoint-args") { Items = """<ContainerEntrypointArgs Include="--old" />""" },
        new("instruction-entrypoint")
            { Properties = Instruction("Entrypoint"), Items = """<ContainerAppCommandArgs Include="--a" /><ContainerDefaultArgs Include="x" />""" },
        new("instruction-default-args")
            { Properties = Instruction("DefaultArgs"),
                Items = """<ContainerEntrypoint Include="/usr/bin/env" /><ContainerAppCommandArgs Include="--a" />""" },
        new("instruction-default-args-alone") { Properties = Instruction("DefaultArgs"), Items = """<ContainerDefaultArgs Include="x" />""" },
        new("instruction-none")
            { Properties = Instruction("None"), Items = """<ContainerEntrypoint Include="/bin/echo" /><ContainerDefaultArgs Include="x" />""" },
        new("instruction-none-alone") { Properties = Instruction("None") },
    ];

    private static string Instruction(string value) => $"<ContainerAppCommandInstruction>{value}</ContainerAppCommandInstruction>";
}
