using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.Builders;

/// <summary>What registry items mean for the docker driver: nothing that a build could set, so a message advises the engine's owner.</summary>
internal static class EngineRegistries
{
    /// <summary>Warns for each item that the engine does not fulfil already (BK1031).</summary>
    public static void Warn(BuilderRequest request, EngineState engine, string builder, IDiagnosticSink sink)
    {
        var found = new List<Diagnostic>();
        foreach (var registry in RegistryReader.Read(request, builder, found))
        {
            var host = registry.Host.Split(':')[0];
            var known = engine.InsecureRegistries.Contains(registry.Host) || host is "localhost" or "127.0.0.1";
            var left = known ? registry with { Http = false, Insecure = false, CertificateAuthority = "" } : registry;
            if (left.ForDaemon() is { Length: > 0 } words)
            {
                found.Add(BuilderDiagnostics.RegistryOfEngine.At(request.Location, builder, words));
            }
        }

        found.ForEach(sink.Report);
    }
}
