// Counters in the text format of Prometheus.

const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1];

/** What the server counted since it began. */
export class Metrics {
  readonly #requests = new Map<string, number>();
  readonly #submissions = new Map<string, number>();
  readonly #seconds = BUCKETS.map(() => 0);
  #sum = 0;
  #count = 0;

  request(route: string, status: number, seconds: number): void {
    const key = `route="${route}",status="${status}"`;
    this.#requests.set(key, (this.#requests.get(key) ?? 0) + 1);
    BUCKETS.forEach((bucket, at) => { if (seconds <= bucket) this.#seconds[at]! += 1; });
    this.#sum += seconds;
    this.#count += 1;
  }

  submission(outcome: string): void {
    this.#submissions.set(outcome, (this.#submissions.get(outcome) ?? 0) + 1);
  }

  text(gauges: Record<string, number>): string {
    const lines = ['# TYPE thutuc_requests_total counter'];
    for (const [labels, count] of this.#requests) lines.push(`thutuc_requests_total{${labels}} ${count}`);
    lines.push('# TYPE thutuc_submissions_total counter');
    for (const [outcome, count] of this.#submissions) lines.push(`thutuc_submissions_total{outcome="${outcome}"} ${count}`);
    lines.push('# TYPE thutuc_request_seconds histogram');
    BUCKETS.forEach((bucket, at) => lines.push(`thutuc_request_seconds_bucket{le="${bucket}"} ${this.#seconds[at]}`));
    lines.push(`thutuc_request_seconds_bucket{le="+Inf"} ${this.#count}`, `thutuc_request_seconds_sum ${this.#sum}`, `thutuc_request_seconds_count ${this.#count}`);
    for (const [name, value] of Object.entries(gauges)) lines.push(`# TYPE thutuc_${name} gauge`, `thutuc_${name} ${value}`);
    return `${lines.join('\n')}\n`;
  }
}
