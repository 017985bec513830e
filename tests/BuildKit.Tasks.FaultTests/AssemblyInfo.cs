using System.Runtime.Versioning;

[assembly: Parallelizable(ParallelScope.All)]
[assembly: LevelOfParallelism(2)]
// The engines of these tests run on Linux.
[assembly: SupportedOSPlatform("linux")]
