namespace Headwater.Modeling.Keeping.Format;

/// <summary>A parse holds something that the format has no form for: it is not kept. Never leaves this folder's classes.</summary>
internal sealed class NotKeepableException(string message) : Exception(message);
