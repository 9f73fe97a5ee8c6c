import { NativeSelect } from "@mantine/core";
import { IconDeviceDesktop } from "@tabler/icons-react";
import type { ScreenView, SettingsPageView } from "#contract/ipc/settings-intents.ts";
import { Press } from "../../../parts/Press.tsx";
import { send } from "../../../till-client.ts";
import { Choice } from "../Choice.tsx";
import { useShopSettingsText, type ShopSettingsText } from "./shop-settings-texts.ts";
import type { SettingsDesk } from "./use-settings.ts";

/** Which screen is the cashier's and which the customer's; each shows its number at a press. */
export function ScreensCard({
  view,
  change,
}: {
  readonly view: SettingsPageView;
  readonly change: SettingsDesk["change"];
}) {
  const text = useShopSettingsText();
  const { screens, screensThere } = view;
  const there = screensThere.map((screen) => ({ value: String(screen.id), label: nameOf(screen, text) }));
  const idOf = (value: string): number | null => screensThere.find(({ id }) => String(id) === value)?.id ?? null;
  return (
    <section className="settings-card" data-testid="screens-card">
      <h3>
        <IconDeviceDesktop size={22} aria-hidden />
        {text("screens.title")}
      </h3>
      <div className="shop-day">
        <NativeSelect
          label={text("screens.till")}
          size="md"
          className="settings-field"
          data-testid="screen-till"
          value={String(screens.till ?? "")}
          data={[{ value: "", label: text("screens.main") }, ...there]}
          onChange={(event) => void change("save-screens", { ...screens, till: idOf(event.currentTarget.value) })}
        />
        <NativeSelect
          label={text("screens.customer")}
          size="md"
          className="settings-field"
          data-testid="screen-customer"
          value={String(screens.customer ?? "")}
          data={[
            { value: "", label: text("screens.second") },
            ...there,
            { value: "none", label: text("screens.none") },
          ]}
          onChange={(event) => {
            const { value } = event.currentTarget;
            void change("save-screens", { ...screens, customer: value === "none" ? value : idOf(value) });
          }}
        />
        <Press data-testid="screens-identify" onClick={() => void send("identify-screens", {})}>
          {text("screens.identify")}
        </Press>
      </div>
      <Choice
        label={text("screens.window")}
        testId="full-screen"
        value={screens.isFullScreen ? "full" : "window"}
        options={[
          { value: "window", words: text("screens.in-window") },
          { value: "full", words: text("screens.full") },
        ]}
        onChoose={(value) => void change("save-screens", { ...screens, isFullScreen: value === "full" })}
      />
      <p className="settings-soft">{text("screens.help")}</p>
    </section>
  );
}

function nameOf({ number, widthPx, heightPx, isMain }: ScreenView, text: ShopSettingsText): string {
  const size = `${widthPx} × ${heightPx}`;
  return text(isMain ? "screens.one-main" : "screens.one", { number, size });
}
