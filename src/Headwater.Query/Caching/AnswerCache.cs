using Headwater.Kernel.Names;

namespace Headwater.Query.Caching;

/// <summary>
/// Answers by question and policy, each good only while every table it read has the version it read. Bounded by encoded bytes, least recently
/// used out first. Safe for several threads.
/// </summary>
internal sealed class AnswerCache(long capacityBytes)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<CacheKey, LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _recent = [];
    private long _bytes;
    private long _generation;

    /// <summary>Rises with each <see cref="Clear"/>: an answer is stored only into the generation in which its question was asked.</summary>
    public long Generation => Volatile.Read(ref _generation);

    /// <summary>Encoded bytes held now.</summary>
    public long Bytes
    {
        get
        {
            lock (_gate)
            {
                return _bytes;
            }
        }
    }

    /// <summary>The answer, if it is there and all its versions are still current.</summary>
    public Answer? Find(CacheKey key, Func<RelationName, long> currentVersion)
    {
        lock (_gate)
        {
            if (!_entries.TryGetValue(key, out var node))
            {
                return null;
            }

            foreach (var read in node.Value.Answer.Versions)
            {
                if (currentVersion(read.Relation) != read.Version)
                {
                    Remove(node);
                    return null;
                }
            }

            if (node != _recent.First)
            {
                _recent.Remove(node);
                _recent.AddFirst(node);
            }

            return node.Value.Answer;
        }
    }

    /// <param name="key">Question and policy.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="generation"><see cref="Generation"/> before anything of the answer was worked out.</param>
    public void Store(CacheKey key, Answer answer, long generation)
    {
        var entry = new Entry(key, answer);
        // One answer must not push out all the others.
        if (entry.Bytes > capacityBytes / 4)
        {
            return;
        }

        lock (_gate)
        {
            if (generation != _generation)
            {
                return;
            }

            if (_entries.TryGetValue(key, out var old))
            {
                Remove(old);
            }

            _entries[key] = _recent.AddFirst(entry);
            _bytes += entry.Bytes;
            while (_bytes > capacityBytes && _recent.Last is { } last)
            {
                Remove(last);
            }
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _entries.Clear();
            _recent.Clear();
            _bytes = 0;
            _generation++;
        }
    }

    private void Remove(LinkedListNode<Entry> node)
    {
        _entries.Remove(node.Value.Key);
        _recent.Remove(node);
        _bytes -= node.Value.Bytes;
    }

    private sealed record Entry(CacheKey Key, Answer Answer)
    {
        // The table behind the bytes is of about their size; the rest is the entry itself.
        public long Bytes { get; } = 2L * Answer.Json.Length + 2L * Answer.Sql.Length + 1024;
    }
}

/// <summary>A question under a policy.</summary>
/// <param name="Question">The question in canonical words.</param>
/// <param name="Policy">Fingerprint of the rules.</param>
internal readonly record struct CacheKey(string Question, string Policy);
