import { useEffect, useState } from "react";
import { createRoot } from "react-dom/client";
import { AppFrame } from "#renderer/parts/AppFrame.tsx";
import { ManagerPage } from "#renderer/screens/manager/ManagerPage.tsx";
import { startTillClient, useFromSection } from "#renderer/till-client.ts";
import { DialogHost } from "#renderer/till/DialogHost.tsx";

/** The manager's pages alone, as the till window mounts them. */
function ManagerPreview() {
  const [isReady, setReady] = useState(false);
  useEffect(() => void startTillClient().then(setReady), []);
  return isReady ? <Mounted /> : null;
}

function Mounted() {
  const locale = useFromSection("shop", (shop) => shop.locale);
  return (
    <AppFrame locale={locale} colorScheme={new URLSearchParams(location.search).has("dark") ? "dark" : "light"}>
      <ManagerPage onLeave={() => document.body.append("left")} />
      <DialogHost />
    </AppFrame>
  );
}

const root = document.getElementById("root");
if (root !== null) createRoot(root).render(<ManagerPreview />);
