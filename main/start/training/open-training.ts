import type { TerminalConfig } from "#contract/config/terminal.ts";
import type { OpenBench } from "#main/start/open-bench.ts";
import { StartRefused } from "#main/start/start-refused.ts";
import { paysForReal, trainingConfig } from "./training-config.ts";

/** The twins' bench with the shop's name and printer in it. Throws `StartRefused` where training would pay for real. */
export function asTraining(bench: OpenBench, real: TerminalConfig | null, folder: string): OpenBench {
  const config = trainingConfig(real, bench.config);
  if (paysForReal(config, folder)) throw new StartRefused(paysForRealWords);
  return { ...bench, config };
}

const paysForRealWords = {
  titleZh: "培训模式没有启动：它会真的收款",
  titleEn: "Training did not start: it would take real money",
  lines: [
    {
      zh: "培训只能用模拟的微信支付。请删除数据目录中的 training-mode.json 后重新启动，收银机会回到正常营业。",
      en: "Training pays with the simulator alone. Delete training-mode.json in the data directory and start again: the till opens for business as usual.",
    },
  ],
};
