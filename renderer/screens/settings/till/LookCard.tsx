import { useComputedColorScheme } from "@mantine/core";
import { IconSun } from "@tabler/icons-react";
import type { SettingsPageView } from "#contract/ipc/settings-intents.ts";
import { Choice } from "../Choice.tsx";
import { useShopSettingsText } from "./shop-settings-texts.ts";
import type { SettingsDesk } from "./use-settings.ts";

const percents = [100, 125, 150, 200] as const;
const volumes = [0, 30, 60, 100] as const;

/** Theme, size of the text and sounds: each is in force at its press. */
export function LookCard({
  view,
  change,
}: {
  readonly view: SettingsPageView;
  readonly change: SettingsDesk["change"];
}) {
  const text = useShopSettingsText();
  // Where the shop has set none, the cashier's own.
  const scheme = useComputedColorScheme("light");
  return (
    <section className="settings-card">
      <h3>
        <IconSun size={22} aria-hidden />
        {text("look.title")}
      </h3>
      <Choice
        label={text("look.theme")}
        testId="theme"
        value={view.theme ?? scheme}
        options={[
          { value: "light", words: text("theme.light") },
          { value: "dark", words: text("theme.dark") },
          { value: "system", words: text("theme.system") },
          { value: "contrast", words: text("theme.contrast") },
        ]}
        onChoose={(theme) => void change("save-look", { theme })}
      />
      <Choice
        label={text("look.text")}
        testId="text-size"
        value={String(view.textPercent)}
        options={percents.map((percent) => ({ value: String(percent), words: `${percent} %` }))}
        onChoose={(value) => {
          const textPercent = percents.find((percent) => String(percent) === value);
          if (textPercent !== undefined) void change("save-look", { textPercent });
        }}
      />
      <Choice
        label={text("look.volume")}
        testId="volume"
        value={String(view.volumePercent)}
        options={volumes.map((percent) => ({
          value: String(percent),
          words: percent === 0 ? text("volume.off") : `${percent} %`,
        }))}
        onChoose={(value) => void change("save-look", { volumePercent: Number(value) })}
      />
    </section>
  );
}
