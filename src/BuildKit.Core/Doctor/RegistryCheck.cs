using System.Net;
using System.Net.Sockets;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Images;
using BuildKit.Core.Registries;

namespace BuildKit.Core.Doctor;

/// <summary>
/// Is each registry known, does it answer, and would it take a push? BK1044, BK1045, BK1046. An upload that is begun for
/// it is taken back.
/// </summary>
internal sealed class RegistryCheck : IDoctorCheck
{
    public async Task<IReadOnlyList<DoctorFinding>> LookAsync(DoctorInput input, CancellationToken cancellation)
    {
        var repositories = input.Images.Where(image => image.Registry.Length > 0).DistinctBy(image => image.Name);
        using var client = new RegistryClient(input.Environment);
        var findings = new List<DoctorFinding>();
        foreach (var repository in repositories)
        {
            findings.Add(await LookAsync(client, repository, input, cancellation).ConfigureAwait(false));
        }

        return findings;
    }

    private static async Task<DoctorFinding> LookAsync(RegistryClient client, ImageReference repository, DoctorInput input,
        CancellationToken cancellation)
    {
        var host = RegistryHost.Of(repository);
        try
        {
            // Behind a proxy names are the proxy's matter.
            if (!input.Environment.ContainsKey("HTTPS_PROXY") && !input.Environment.ContainsKey("https_proxy"))
            {
                await Dns.GetHostAddressesAsync(new Uri("http://" + host.Authority).IdnHost, cancellation).ConfigureAwait(false);
            }

            await client.CheckPushAsync(repository, cancellation).ConfigureAwait(false);
            return new DoctorFinding("registry", $"{host.Name} would take a push to {repository.Name}");
        }
        catch (SocketException failure)
        {
            return DoctorFinding.Of("registry", DoctorDiagnostics.RegistryNameUnknown.At(input.Request.Location, host.Name, failure.Message));
        }
        catch (RegistryException failure)
        {
            return DoctorFinding.Of("registry", failure.Kind is RegistryFailure.Unreachable or RegistryFailure.Tls
                ? DoctorDiagnostics.RegistryUnreachable.At(input.Request.Location, host.Name, failure.Message)
                : DoctorDiagnostics.PushNotAllowed.At(input.Request.Location, host.Name, repository.Name, failure.Message));
        }
    }
}
