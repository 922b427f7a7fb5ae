// The bare waiting room of model.md in plain JavaScript: a binary heap of events, a FIFO, and counters. No library.

import { readFileSync } from 'node:fs';

const model = JSON.parse(readFileSync(new URL('model.json', import.meta.url), 'utf8'));
const ARRIVAL = 0, ACCEPTED = 1, CONFIRMED = 2;
const BATCHES = 40;

/** sfc32: a small generator with a seed; gives numbers in (0, 1). */
function generator(seed) {
  let a = 0x9e3779b9, b = 0x243f6a88, c = 0xb7e15162, d = seed | 0;
  const next = () => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + t | 0;
    return ((t >>> 0) + 0.5) / 4294967296;
  };
  for (let i = 0; i < 20; i++) next();
  return next;
}

/** Events by time, then in the order they were put in. */
class Heap {
  constructor() { this.items = []; this.sequence = 0; }

  push(time, kind, booking) {
    const { items } = this;
    const item = { time, sequence: this.sequence++, kind, booking };
    let at = items.length;
    items.push(item);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!before(item, items[parent])) break;
      items[at] = items[parent];
      at = parent;
    }
    items[at] = item;
  }

  pop() {
    const { items } = this;
    const first = items[0], last = items.pop(), length = items.length;
    if (length === 0) return first;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= length) break;
      if (child + 1 < length && before(items[child + 1], items[child])) child++;
      if (!before(items[child], last)) break;
      items[at] = items[child];
      at = child;
    }
    items[at] = last;
    return first;
  }
}

const before = (a, b) => a.time < b.time || (a.time === b.time && a.sequence < b.sequence);

/** First in, first out; the front is cut off now and then. */
class Fifo {
  constructor() { this.items = []; this.head = 0; }
  get length() { return this.items.length - this.head; }
  push(item) { this.items.push(item); }
  shift() {
    const item = this.items[this.head++];
    if (this.head === 4096) { this.items.splice(0, 4096); this.head = 0; }
    return item;
  }
}

class Latency {
  constructor() { this.count = 0; this.total = 0; this.longest = 0; }
  add(seconds) {
    this.count++;
    this.total += seconds;
    if (seconds > this.longest) this.longest = seconds;
  }
}

function run(bookings, seed) {
  const random = generator(seed);
  const sigma = Math.sqrt(Math.log(1 + model.api.cv ** 2));
  const mu = Math.log(model.api.mean_seconds) - sigma ** 2 / 2;
  const { count, shortest_seconds: low, longest_seconds: high } = model.workers;
  let spare = NaN;
  const normal = () => {
    if (spare === spare) { const value = spare; spare = NaN; return value; }
    const radius = Math.sqrt(-2 * Math.log(random())), angle = 2 * Math.PI * random();
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
  const heap = new Heap(), api = new Fifo(), queue = new Fifo();
  const acceptance = new Latency(), wait = new Latency(), whole = new Latency();
  const batches = [];
  let threads = model.api.threads, workers = count, arrived = 0, batchStart = 0;

  const answer = (now, booking) => heap.push(now + Math.exp(mu + sigma * normal()), ACCEPTED, booking);
  const hold = (now, booking) => {
    wait.add(now - booking.accepted);
    if (wait.count % Math.ceil(bookings / BATCHES) === 0) { batches.push(wait.total - batchStart); batchStart = wait.total; }
    heap.push(now + low + (high - low) * random(), CONFIRMED, booking);
  };
  const next = (now) => heap.push(now - Math.log(random()) / model.arrivals_per_second, ARRIVAL, { arrived: 0, accepted: 0 });

  next(0);
  while (heap.items.length > 0) {
    const { time, kind, booking } = heap.pop();
    if (kind === ARRIVAL) {
      booking.arrived = time;
      if (threads > 0) { threads--; answer(time, booking); } else api.push(booking);
      if (++arrived < bookings) next(time);
    } else if (kind === ACCEPTED) {
      booking.accepted = time;
      acceptance.add(time - booking.arrived);
      if (api.length > 0) answer(time, api.shift()); else threads++;
      if (workers > 0) { workers--; hold(time, booking); } else queue.push(booking);
    } else {
      whole.add(time - booking.arrived);
      if (queue.length > 0) hold(time, queue.shift()); else workers++;
    }
  }
  if (whole.count !== bookings) throw new Error('a booking was lost');
  return { mean: wait.total / wait.count, error: standardError(batches.map((sum) => (sum * BATCHES) / bookings)) };
}

function standardError(means) {
  const mean = means.reduce((sum, value) => sum + value, 0) / means.length;
  const squares = means.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / (means.length - 1) / means.length);
}

const bookings = Number(process.argv[2]);
const started = process.cpuUsage();
const { mean, error } = run(bookings, 1);
const spent = process.cpuUsage(started);
console.log(JSON.stringify({
  name: 'JavaScript, binary heap', bookings, cpu_s: (spent.user + spent.system) / 1e6,
  mean_wait_ms: mean * 1000, se_wait_ms: error * 1000,
}));
