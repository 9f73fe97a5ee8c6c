import type { Sound } from "#contract/ipc/channels.ts";
import foundUrl from "../../resources/sounds/found.wav?url";
import paidUrl from "../../resources/sounds/paid.wav?url";
import refusedUrl from "../../resources/sounds/refused.wav?url";
import unknownUrl from "../../resources/sounds/unknown.wav?url";
import { viewOrNull } from "../till-client.ts";

const urls: Readonly<Record<Sound, string>> = {
  found: foundUrl,
  unknown: unknownUrl,
  paid: paidUrl,
  refused: refusedUrl,
};

/** Loads the four sounds once and answers a function that plays one as loud as the shop has it, from its start even while it still sounds. */
export function loadSounds(): (sound: Sound) => void {
  const load = (sound: Sound): HTMLAudioElement => {
    const audio = new Audio(urls[sound]);
    audio.preload = "auto";
    return audio;
  };
  const players = { found: load("found"), unknown: load("unknown"), paid: load("paid"), refused: load("refused") };
  return (sound) => {
    const player = players[sound];
    const volumePercent = viewOrNull()?.shop.look?.volumePercent ?? 100;
    if (volumePercent === 0) return;
    player.volume = volumePercent / 100;
    player.currentTime = 0;
    // No loudspeaker, or the next scan already asked for it: a sound never stops a sale, and the screen says it too.
    player.play().catch(() => undefined);
  };
}
