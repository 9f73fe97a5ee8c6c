import { goTo, usePlace } from "../place.ts";
import { useSession } from "../session.ts";
import { Catalogue } from "./Catalogue.tsx";
import { NewPassword } from "./NewPassword.tsx";
import { Overview } from "./Overview.tsx";
import { People } from "./People.tsx";
import { Reviews } from "./Reviews.tsx";
import { Sale } from "./Sale.tsx";
import { Sales } from "./Sales.tsx";
import { Shop } from "./Shop.tsx";

/** The page of the present address; an unknown one is the overview. */
export function Pages() {
  const { parts } = usePlace();
  const session = useSession();
  const [page, ...rest] = parts;
  const [store, terminal, sale] = rest;
  if (page === "sales" && store !== undefined && terminal !== undefined && sale !== undefined)
    return <Sale saleId={sale} storeCode={store} terminalId={terminal} />;
  if (page === "sales") return <Sales />;
  if (page === "shops" && store !== undefined) return <Shop key={store} storeCode={store} />;
  if (page === "catalogue") return <Catalogue storeCode={store ?? null} />;
  if (page === "reviews") return <Reviews />;
  if (page === "people") return <People />;
  if (page === "password") return <NewPassword onChanged={() => goTo("")} session={session} />;
  return <Overview />;
}
