using static BuildKit.Core.Diagnostics.DiagnosticSeverity;

namespace BuildKit.Core.Diagnostics;

/// <summary>BK1021 to BK1036: nodes, options and endpoints of builders, and the time a build may take.</summary>
internal static class BuilderDiagnostics
{
    /// <summary>A remote BuildKit does not answer.</summary>
    public static readonly DiagnosticDescriptor RemoteUnreachable = new(
        "BK1021", Error, "The remote builder does not answer",
        "The builder \"{0}\" is at {1}, and nothing answers there: {2}. Check the address (BuildKitBuilderEndpoint, or Endpoint of the "
            + "BuildKitNode item), the BuildKit behind it and the network between.",
        "Nobody listens at the endpoint of a remote builder, or its host is not known. That is found out within two seconds; BuildKit "
            + "itself would wait for twenty.",
        "Correct the endpoint, start the remote BuildKit, or open the way to it.");

    /// <summary>The build took longer than it may.</summary>
    public static readonly DiagnosticDescriptor BuildTimedOut = new(
        "BK1022", Error, "The build took too long",
        "The build of {0} was ended after {1}, the limit that BuildKitTimeout sets. The last thing it did: {2}. Raise BuildKitTimeout, "
            + "or find out what hangs.",
        "BuildKitTimeout limits the time of one image's build, and a step, a push or the engine took longer.",
        "Raise the limit, or fix the step that hangs (-tl:off -p:BuildKitProgress=plain prints each step as it ends).");

    /// <summary>A certificate file is not there.</summary>
    public static readonly DiagnosticDescriptor CertificateMissing = new(
        "BK1023", Error, "A certificate is missing",
        "The builder \"{0}\" needs the file {1} ({2}), and it {3}. Correct the path, or get the file from whoever runs the remote BuildKit.",
        "A remote BuildKit with TLS takes three files: the authority's certificate (cacert), and a certificate and key of one's own (cert, key).",
        "Correct CaCert, Cert and Key of the BuildKitNode item (or the BuildKitDriverOption items cacert, cert, key).");

    /// <summary>A certificate's time is over.</summary>
    public static readonly DiagnosticDescriptor CertificateExpired = new(
        "BK1024", Error, "A certificate has expired",
        "The builder \"{0}\" at {1} cannot be used, because {2} is valid from {3} to {4} only, and now is {5}. Have it renewed, or set "
            + "this machine's clock.",
        "The certificate of the remote BuildKit or one's own is out of its time, or a clock is wrong.",
        "Renew the certificate that the message names.");

    /// <summary>The server's certificate is of another authority, or another name.</summary>
    public static readonly DiagnosticDescriptor CertificateNotTrusted = new(
        "BK1025", Error, "The remote builder's certificate is not trusted",
        "The builder \"{0}\" at {1} shows a certificate that is not trusted: {2}. Use the cacert of the authority that signed it, and "
            + "set servername when it is made out to another name.",
        "The file cacert is of another authority than the one that signed the remote BuildKit's certificate, or the certificate is made"
            + " out to another name than the endpoint's.",
        "Correct CaCert or ServerName of the BuildKitNode item.");

    /// <summary>The server does not take our certificate.</summary>
    public static readonly DiagnosticDescriptor ClientCertificateRefused = new(
        "BK1026", Error, "The remote builder refuses this machine's certificate",
        "The builder \"{0}\" at {1} ends the connection over this machine's certificate: {2}. Set cert and key to a pair that its authority signed.",
        "A remote BuildKit with mutual TLS takes only clients whose certificate its own authority signed; none was given, or one of "
            + "another authority.",
        "Get a client certificate from whoever runs the remote BuildKit, and set Cert and Key.");

    /// <summary>No kubeconfig.</summary>
    public static readonly DiagnosticDescriptor KubeconfigMissing = new(
        "BK1027", Error, "There is no kubeconfig",
        "The builder \"{0}\" is to run in Kubernetes, but there is no kubeconfig: {1} does not exist. Set KUBECONFIG, or sign in to the cluster.",
        "The kubernetes driver finds its cluster in the file that KUBECONFIG names, else in ~/.kube/config.",
        "Set KUBECONFIG to the file, or get it from the cluster (for example with your cloud provider's command line).");

    /// <summary>A kubeconfig that cannot be read.</summary>
    public static readonly DiagnosticDescriptor KubeconfigInvalid = new(
        "BK1028", Error, "The kubeconfig cannot be read",
        "The builder \"{0}\" is to run in Kubernetes, but the kubeconfig {1} cannot be read: {2}. Get it again, or point KUBECONFIG at "
            + "another (\"kubectl config view\" shows whether it is valid).",
        "The file is not YAML, or this user may not read it.",
        "Get the file again; `kubectl config view` shows whether it is valid.");

    /// <summary>A kubeconfig without a usable context.</summary>
    public static readonly DiagnosticDescriptor KubeconfigContext = new(
        "BK1029", Error, "The kubeconfig names no cluster",
        "The builder \"{0}\" is to run in Kubernetes, but in the kubeconfig {1} {2}. Select a context (\"kubectl config use-context "
            + "NAME\"; there are: {3}).",
        "The current context is not set, does not exist, or names a cluster or user that the file does not have.",
        "Select a context that exists.");

    /// <summary>A node or an option that no driver has.</summary>
    public static readonly DiagnosticDescriptor NodeInvalid = new(
        "BK1030", Error, "A builder is not described well",
        "The {0} item \"{1}\" is not valid: {2}. Correct the item.",
        "A metadata that the driver does not have, a value of another form, or two nodes of one name.",
        "Correct the item.");

    /// <summary>Registry items with the docker driver.</summary>
    public static readonly DiagnosticDescriptor RegistryOfEngine = new(
        "BK1031", Warning, "The engine's own configuration decides about this registry",
        "BuildKitRegistry items configure builders that are created; the builder \"{0}\" is the engine's own, whose configuration must "
            + "say: {1}. Have it set there and restart the engine, or set BuildKitDriver=docker-container.",
        "The docker driver uses the engine's configuration, which no build may change.",
        "Change daemon.json or /etc/docker/certs.d on the engine's machine, or use a builder of another driver.");

    /// <summary>A build went to a builder that can do what it asks.</summary>
    public static readonly DiagnosticDescriptor MovedToOwnBuilder = new(
        "BK1032", Message, "The build uses a builder of its own",
        "The builder \"{0}\" ({1}) cannot make {2}, so this build uses the builder \"{3}\" (docker-container driver).",
        "Several platforms, attestations and archives need more than the docker driver without the containerd image store, and no builder was named.",
        "Nothing. To decide it yourself, set BuildKitBuilder or BuildKitDriver, or turn the containerd image store on.");

    /// <summary>A time that cannot be read.</summary>
    public static readonly DiagnosticDescriptor TimeNotAccepted = new(
        "BK1033", Error, "A time cannot be read",
        "{0} is \"{1}\", which is no time. Write seconds (600), or hours, minutes and seconds (00:10:00).",
        "The property takes a number of seconds or hh:mm:ss.",
        "Correct the property.");

    /// <summary>Another build has the lock for too long.</summary>
    public static readonly DiagnosticDescriptor LockHeld = new(
        "BK1035", Error, "Another build works on the builders for too long",
        "The lock {0} is held by {1} and was not given back within {2}, so the builder could not be made or changed. End that process "
            + "if it hangs, then build again.",
        "Builds that make, change or remove a builder do so one after the other, and the one before this did not end.",
        "End the process that the message names, or wait until it is done; a lock of a process that is gone is free.");

    /// <summary>The lock cannot be taken, and nobody holds it.</summary>
    public static readonly DiagnosticDescriptor LockUnavailable = new(
        "BK1036", Error, "The lock on the builders cannot be taken",
        "The lock {0} cannot be taken: {1}. Give this user a folder of its own to write in: a home folder, or a temporary folder "
            + "(TMPDIR, TEMP) with room.",
        "Builds that make, change or remove a builder take a lock in a folder of the user alone. It cannot be written, belongs to "
            + "another user, or something else has its name.",
        "Make the folder that the message names writable for this user alone, or remove what stands in its place.");
}
