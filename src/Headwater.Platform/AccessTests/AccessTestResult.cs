using Headwater.Kernel.Diagnostics;

namespace Headwater.Platform.AccessTests;

/// <summary>What became of an access test.</summary>
/// <param name="Failure">Null if it passed.</param>
public sealed record AccessTestResult(string Name, Diagnostic? Failure);
