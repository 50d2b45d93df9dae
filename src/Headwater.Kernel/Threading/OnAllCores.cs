namespace Headwater.Kernel.Threading;

/// <summary>
/// The same work on each of many items. Does what PLINQ's ordered queries do, without their pipelines, whose start alone takes longer than much of the work
/// that commands have.
/// </summary>
public static class OnAllCores
{
    /// <summary>The results in the order of the items. The function is called on several threads at once.</summary>
    /// <exception cref="AggregateException">The function failed, for one item or several.</exception>
    public static TResult[] Select<TItem, TResult>(IReadOnlyList<TItem> items, Func<TItem, TResult> work)
        where TItem : class
        where TResult : class?
    {
        var results = new TResult[items.Count];
        if (items.Count == 1)
        {
            results[0] = work(items[0]);
        }
        else
        {
            Parallel.For(0, items.Count, index => results[index] = work(items[index]));
        }

        return results;
    }
}
