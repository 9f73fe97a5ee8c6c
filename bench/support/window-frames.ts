import type { TillUnderTest } from "#tests/support/open-till.ts";

/** Every distance between two frames of the till window while `work` goes on, in milliseconds by the page's clock. */
export async function framesDuring(
  till: TillUnderTest,
  work: () => Promise<unknown>,
): Promise<{ readonly frames: readonly number[] }> {
  await till.page.evaluate(() => {
    const frames: number[] = [];
    const state = { frames, isOver: false };
    Object.assign(globalThis, { benchFrames: state });
    let last = 0;
    const tick = (atMs: number): void => {
      if (last > 0) frames.push(atMs - last);
      last = atMs;
      if (!state.isOver) requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  });
  await work();
  const frames = await till.page.evaluate(() => {
    // Put there by this very function, before the work began.
    const state = Reflect.get(globalThis, "benchFrames") as { frames: number[]; isOver: boolean };
    state.isOver = true;
    return state.frames;
  });
  return { frames };
}
