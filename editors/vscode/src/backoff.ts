const DELAYS = [500, 1000, 2000, 4000, 8000];
const PERIOD = 180_000;

/** When to start again what stopped by itself: ever later, and not at all when it goes on stopping. */
export class BackOff {
  private stops: number[] = [];

  /**
   * Milliseconds to wait before the next start, for what stopped at `now` (milliseconds of any clock);
   * `undefined` after six stops within three minutes.
   */
  next(now: number): number | undefined {
    this.stops = [...this.stops.filter((stop) => now - stop < PERIOD), now];
    return DELAYS[this.stops.length - 1];
  }

  /** Forgets what happened, as when a person starts it. */
  reset(): void {
    this.stops = [];
  }
}
