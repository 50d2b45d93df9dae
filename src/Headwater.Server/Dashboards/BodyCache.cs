using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Headwater.Query;

namespace Headwater.Server.Dashboards;

/// <summary>
/// Whole streams of dashboards whose every answer came from the cache, so that a repeated request costs the gate's lookups and one
/// write. An entry holds for exactly the answers it was made of: the gate was asked for each, so nothing here decides who sees what.
/// Safe for several threads.
/// </summary>
internal sealed class BodyCache
{
    private const long MostBytes = 64 * 1024 * 1024;
    private const int MostEntries = 1_000;

    private readonly ConcurrentDictionary<Key, Body> _bodies = new();
    private long _bytes;

    /// <param name="plan">What was asked.</param>
    /// <param name="answers">What the gate gave for it, in order.</param>
    public Body? Find(DashboardPlan plan, List<Answer> answers) =>
        answers.Count > 0
        && _bodies.TryGetValue(new Key(plan, answers[0]), out var body)
        && IsSame(body.Answers, answers)
            ? body
            : null;

    public void Store(DashboardPlan plan, Body body)
    {
        if (body.Answers.Count == 0)
        {
            return;
        }

        if (Interlocked.Add(ref _bytes, body.Content.Length) > MostBytes || _bodies.Count >= MostEntries)
        {
            _bodies.Clear();
            Interlocked.Exchange(ref _bytes, body.Content.Length);
        }

        _bodies[new Key(plan, body.Answers[0])] = body;
    }

    private static bool IsSame(List<Answer> left, List<Answer> right)
    {
        if (left.Count != right.Count)
        {
            return false;
        }

        for (var index = 0; index < left.Count; index++)
        {
            if (!ReferenceEquals(left[index], right[index]))
            {
                return false;
            }
        }

        return true;
    }

    /// <param name="Answers">All answers that it was made of, in order.</param>
    /// <param name="Tag">The entity tag of all of them together.</param>
    internal sealed record Body(List<Answer> Answers, string Tag, byte[] Content);

    // Two readers under different rules have different first answers, so both keep their entry.
    private readonly record struct Key(DashboardPlan Plan, Answer First)
    {
        public bool Equals(Key other) => ReferenceEquals(Plan, other.Plan) && ReferenceEquals(First, other.First);

        public override int GetHashCode() =>
            HashCode.Combine(RuntimeHelpers.GetHashCode(Plan), RuntimeHelpers.GetHashCode(First));
    }
}
