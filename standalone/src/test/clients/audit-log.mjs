// Checks the audit log with other people's code alone: sigstore's for the signed checkpoint and the
// proof of an event, transmute's RFC 9162 for the whole tree and an earlier checkpoint.
import { createPublicKey } from "node:crypto";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const { verifyCheckpoint } = require("@sigstore/verify/dist/tlog/checkpoint.js");
const { verifyMerkleInclusion } = require("@sigstore/verify/dist/tlog/merkle.js");
const { RFC9162 } = require("@transmute/rfc9162");

const [url, token, eventId, earlierNote] = process.argv.slice(2);

async function get(path) {
  const answer = await fetch(url + path, { headers: { authorization: `Bearer ${token}` } });
  if (!answer.ok) {
    throw new Error(`${path}: ${answer.status}`);
  }
  return Buffer.from(await answer.arrayBuffer());
}

/** The log as sigstore knows one, out of its verifier key. */
async function trustedLog() {
  const text = (await get("/tlog/key")).toString().trim();
  const [name, id, key] = [text.split("+")[0], text.split("+")[1], text.slice(text.split("+", 2).join("+").length + 1)];
  const publicKey = createPublicKey({
    format: "jwk",
    key: { kty: "OKP", crv: "Ed25519", x: Buffer.from(key, "base64").subarray(1).toString("base64url") },
  });
  return { baseURL: name, logID: Buffer.from(id, "hex"), publicKey };
}

function indexPath(index) {
  const groups = String(index).padStart(Math.ceil(String(index).length / 3) * 3, "0").match(/.{3}/g);
  return groups.map((group, i) => (i < groups.length - 1 ? "x" : "") + group).join("/");
}

async function leaves(size) {
  const all = [];
  for (let index = 0; index * 256 < size; index++) {
    const width = Math.min(256, size - index * 256);
    const bundle = await get(`/tlog/tile/entries/${indexPath(index)}${width < 256 ? ".p/" + width : ""}`);
    for (let at = 0; at < bundle.length; at += 2 + bundle.readUInt16BE(at)) {
      all.push(bundle.subarray(at + 2, at + 2 + bundle.readUInt16BE(at)));
    }
  }
  return all;
}

const log = await trustedLog();
const proof = JSON.parse(await get(`/api/v1/audit/events/${eventId}/proof`));
const checkpointOf = (note) =>
  verifyCheckpoint({ inclusionProof: { checkpoint: { envelope: note } } }, [log]);

const checkpoint = checkpointOf(proof.checkpoint);
const all = await leaves(Number(checkpoint.logSize));
verifyMerkleInclusion(
  {
    canonicalizedBody: all[proof.sequence],
    inclusionProof: {
      logIndex: String(proof.sequence),
      hashes: proof.hashes.map((hash) => Buffer.from(hash, "base64")),
    },
  },
  checkpoint,
);
const rootOf = async (size) => Buffer.from(await RFC9162.treeHead(all.slice(0, size)));
const earlier = checkpointOf(earlierNote);
console.log(
  JSON.stringify({
    size: Number(checkpoint.logSize),
    event: JSON.parse(all[proof.sequence]).event_id,
    root: checkpoint.logHash.equals(await rootOf(all.length)),
    earlierRoot: earlier.logHash.equals(await rootOf(Number(earlier.logSize))),
    otherRoot: checkpoint.logHash.equals(await rootOf(all.length - 1)),
  }),
);
