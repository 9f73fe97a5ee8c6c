import { scaleContract } from "./scale-contract.ts";

scaleContract("tcp");
