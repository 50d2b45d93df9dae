import type { Table } from '../table/table.js';

/** A problem as RFC 9457 carries it, with Headwater's code and hint. */
export interface Problem {
  readonly code?: string;
  readonly title: string;
  readonly detail?: string;
  readonly hint?: string;
}

/** The numbers of one tile. */
export interface TileData {
  readonly table: Table;
  /** The same question over the period to compare with. */
  readonly compare?: { readonly label: string; readonly table: Table };
  /** The same metric over time, for a sparkline. */
  readonly trend?: Table;
  readonly meta?: {
    readonly cached?: boolean;
    readonly elapsed_ms?: number;
    /** How often each table that was read had changed. */
    readonly versions?: Readonly<Record<string, number>>;
    /** Filters that are set but do not apply to this tile. */
    readonly unfiltered?: readonly string[];
  };
}

/** One line of a dashboard's data stream. */
export type StreamLine =
  | ({ readonly tile: string } & TileData)
  | { readonly tile: string; readonly problem: Problem }
  | { readonly filters: Readonly<Record<string, { readonly from?: string; readonly to?: string }>> }
  | { readonly done: true };

/** What the server refused, as an exception. */
export class ProblemError extends Error {
  constructor(
    readonly problem: Problem,
    readonly status: number,
  ) {
    super(problem.title);
  }
}

/** GETs JSON from the API. @throws ProblemError when the server answers with a problem. */
export async function getJson<T>(path: string, signal?: AbortSignal): Promise<T> {
  const response = await request(path, 'application/json', signal);
  return (await response.json()) as T;
}

/** GETs a stream of JSON lines and yields each as it arrives. */
export async function* getLines(path: string, signal: AbortSignal): AsyncGenerator<StreamLine> {
  const response = await request(path, 'application/x-ndjson', signal);
  if (!response.body) {
    return;
  }
  for await (const text of lines(response.body)) {
    yield JSON.parse(text) as StreamLine;
  }
}

/** Splits bytes into lines, wherever the network cut them. Empty lines are dropped. */
export async function* lines(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let held = '';
  try {
    for (;;) {
      const { value, done } = await reader.read();
      held += done ? decoder.decode() : decoder.decode(value, { stream: true });
      const parts = held.split('\n');
      held = done ? '' : (parts.pop() ?? '');
      for (const part of parts) {
        if (part.trim() !== '') {
          yield part;
        }
      }
      if (done) {
        return;
      }
    }
  } finally {
    reader.releaseLock();
  }
}

async function request(path: string, accept: string, signal?: AbortSignal): Promise<Response> {
  const response = await fetch(path, {
    headers: { accept },
    credentials: 'same-origin',
    ...(signal ? { signal } : {}),
  });
  if (response.status === 401) {
    location.assign(`/sign-in?return=${encodeURIComponent(location.pathname + location.search)}`);
  }
  if (!response.ok) {
    throw new ProblemError(await problemOf(response), response.status);
  }
  return response;
}

async function problemOf(response: Response): Promise<Problem> {
  try {
    return (await response.json()) as Problem;
  } catch {
    return { title: 'The server could not answer', detail: `It answered with status ${response.status}.` };
  }
}
