import { IconPhoto, IconTrash } from "@tabler/icons-react";
import { Press } from "../../../parts/Press.tsx";
import { useShopSettingsText } from "./shop-settings-texts.ts";
import type { SettingsDesk } from "./use-settings.ts";

/** The picture at the head of receipts: chosen from a file, in use at once. */
export function LogoCard({ name, change }: { readonly name: string | null; readonly change: SettingsDesk["change"] }) {
  const text = useShopSettingsText();
  return (
    <section className="settings-card shop-logo" data-testid="logo-card">
      <div>
        <h3>
          <IconPhoto size={22} aria-hidden />
          {text("logo.title")}
        </h3>
        <p className="settings-soft">{name === null ? text("logo.none") : text("logo.is", { name })}</p>
        <p className="settings-soft">{text("logo.help")}</p>
      </div>
      <div className="shop-logo-keys">
        {name !== null && (
          <Press data-testid="logo-remove" onClick={() => void change("remove-logo", {})}>
            <IconTrash size={22} aria-hidden />
            {text("logo.remove")}
          </Press>
        )}
        <Press data-testid="logo-choose" onClick={() => void change("choose-logo", {})}>
          {text(name === null ? "logo.choose" : "logo.another")}
        </Press>
      </div>
    </section>
  );
}
