/** One tone of a sound: a pitch that may glide, for so many milliseconds. */
type Tone = {
  readonly fromHz: number;
  readonly toHz: number;
  readonly startMs: number;
  readonly durationMs: number;
};

export const sampleRateHz = 22_050;
/** Quiet enough that three overlapping tones never clip. */
const TONE_PEAK = 0.3;
const FULL_SCALE = 32_767;
/** Shorter attacks click; longer ones make a scan feel late. */
const ATTACK_MS = 6;
const RELEASE_MS = 45;

/**
 * The till's four sounds. Pitch and direction tell them apart with eyes on the customer: found is one short blip upward,
 * unknown two low equal tones, paid a rising triad, refused a fall.
 */
const sounds = {
  found: [glide(880, 1320, 0, 90)],
  unknown: [steady(330, 0, 150), steady(330, 190, 200)],
  paid: [steady(659.26, 0, 140), steady(830.61, 110, 140), steady(987.77, 220, 240)],
  refused: [glide(523.25, 440, 0, 190), glide(349.23, 261.63, 190, 260)],
} satisfies Readonly<Record<string, readonly Tone[]>>;

/** Every sound as a WAV file: 16-bit mono PCM, under half a second. The same bytes every time. */
export function soundFiles(): readonly { readonly name: string; readonly bytes: Buffer }[] {
  return Object.entries(sounds).map(([name, tones]) => ({ name: `${name}.wav`, bytes: wav(mix(tones)) }));
}

function steady(hz: number, startMs: number, durationMs: number): Tone {
  return glide(hz, hz, startMs, durationMs);
}

function glide(fromHz: number, toHz: number, startMs: number, durationMs: number): Tone {
  return { fromHz, toHz, startMs, durationMs };
}

function mix(tones: readonly Tone[]): Int16Array {
  const endMs = Math.max(...tones.map((tone) => tone.startMs + tone.durationMs));
  const sum = new Float64Array(samplesIn(endMs));
  for (const tone of tones) addTone(sum, tone);
  return Int16Array.from(sum, (level) => Math.round(level * FULL_SCALE));
}

function addTone(sum: Float64Array, tone: Tone): void {
  const first = samplesIn(tone.startMs);
  const length = samplesIn(tone.durationMs);
  let phase = 0;
  for (let at = 0; at < length && first + at < sum.length; at += 1) {
    const hz = tone.fromHz + ((tone.toHz - tone.fromHz) * at) / length;
    phase += (2 * Math.PI * hz) / sampleRateHz;
    // A little of the octave keeps the pitch clear on a till's small loudspeaker.
    const wave = Math.sin(phase) * 0.85 + Math.sin(phase * 2) * 0.15;
    sum[first + at] = (sum[first + at] ?? 0) + wave * TONE_PEAK * envelope(at, length);
  }
}

/** Rises and falls along half a cosine: no step at either end, so no click. */
function envelope(at: number, length: number): number {
  const rise = Math.min(1, at / samplesIn(ATTACK_MS));
  const fall = Math.min(1, (length - 1 - at) / samplesIn(RELEASE_MS));
  return halfCosine(rise) * halfCosine(fall);
}

function halfCosine(part: number): number {
  return (1 - Math.cos(Math.PI * part)) / 2;
}

function samplesIn(durationMs: number): number {
  return Math.round((durationMs * sampleRateHz) / 1000);
}

/** RIFF/WAVE with one `fmt ` and one `data` chunk. Source: Microsoft/IBM Multimedia Programming Interface 1.0. */
function wav(samples: Int16Array): Buffer {
  const header = Buffer.alloc(44);
  const dataBytes = samples.length * 2;
  header.write("RIFF", 0, "latin1");
  header.writeUInt32LE(36 + dataBytes, 4);
  header.write("WAVEfmt ", 8, "latin1");
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(sampleRateHz, 24);
  header.writeUInt32LE(sampleRateHz * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write("data", 36, "latin1");
  header.writeUInt32LE(dataBytes, 40);
  const data = Buffer.alloc(dataBytes);
  samples.forEach((sample, at) => data.writeInt16LE(sample, at * 2));
  return Buffer.concat([header, data]);
}
