import "./sale.css";
import { useEffect } from "react";
import { PaymentPanel } from "../payment/PaymentPanel.tsx";
import { useFromSection } from "../../till-client.ts";
import { Cart } from "./Cart.tsx";
import { KeyBar } from "./KeyBar.tsx";
import { entryStore } from "./sale-desk.ts";
import { SidePanel } from "./SidePanel.tsx";
import { StatusBar } from "./StatusBar.tsx";
import { useSaleKeys } from "./use-sale-keys.ts";

/** The sale screen: the cart is the page, everything else is an edge; payment slides over the side. */
export function SaleScreen() {
  useSaleKeys();
  useEffect(() => () => entryStore.set(""), []);
  const isPaying = useFromSection("payment", (payment) => payment !== null);
  return (
    <div className="sale-screen">
      <StatusBar />
      <main className="sale-desk" data-paying={isPaying}>
        <Cart />
        <div className="sale-side">
          <div className="sale-side-items" inert={isPaying}>
            <SidePanel />
          </div>
          {isPaying && <PaymentPanel />}
        </div>
      </main>
      <KeyBar isPaying={isPaying} />
    </div>
  );
}
