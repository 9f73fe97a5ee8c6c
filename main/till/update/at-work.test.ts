import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { updateWaitsFor } from "#core/update/put-in.ts";
import { cola, paymentCode } from "#tests/support/bench-shop.ts";
import { openTillBench, type TillBench } from "#tests/support/till-bench.ts";

let bench: TillBench;
beforeEach(() => {
  bench = openTillBench();
});
afterEach(() => bench.close());

const waitsFor = () => updateWaitsFor(bench.till.atWork());

describe("A till that an update lies ready for", () => {
  it("takes it before anybody has signed in, and not from then to the sign-out, through a whole sale", async () => {
    expect(waitsFor()).toBe(null);
    await bench.atWork();
    expect(waitsFor()).toBe("somebody-signed-in");
    await bench.scan(cola);
    expect(waitsFor()).toBe("sale-open");
    await bench.must("take-payment", {});
    expect(waitsFor()).toBe("sale-open");
    await bench.must("pay-cash", { receivedFen: 1_000 });
    expect(waitsFor()).toBe("payment-open");
    await bench.must("next-sale", {});
    expect(waitsFor()).toBe("somebody-signed-in");
    await bench.must("sign-out", {});
    expect(waitsFor()).toBe(null);
  });

  it("does not take it while the end of a payment is not known, though its sale was put aside", async () => {
    bench.gateway.plan = "password";
    await bench.atWork();
    await bench.scan(cola);
    await bench.must("take-payment", {});
    await bench.scan(paymentCode);
    await bench.must("park-sale", {});
    await bench.must("sign-out", {});
    expect(waitsFor()).toBe("payment-unknown");
    bench.gateway.customerPays();
    await bench.clock.advance(5_000);
    expect(waitsFor()).toBe(null);
  });
});
