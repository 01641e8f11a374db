// Proves, in this browser, that an event is in the signed log: RFC 9162 section 2.1.3.2 for the tree,
// RFC 8785 for the bytes of the event, C2SP signed-note and tlog-checkpoint for the signature.
const text = new TextEncoder();

const bytes = base64 => Uint8Array.from(atob(base64), c => c.charCodeAt(0));
const base64 = array => btoa(String.fromCharCode(...array));
const hex = array => Array.from(array, b => b.toString(16).padStart(2, "0")).join("");
const equal = (a, b) => a.length === b.length && a.every((byte, i) => byte === b[i]);

async function hash(...parts) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", await new Blob(parts).arrayBuffer()));
}

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

/** The bytes that were hashed: names in order, numbers and texts as ECMAScript writes them. */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  return `{${Object.keys(value).sort().map(name => `${JSON.stringify(name)}:${canonical(value[name])}`).join(",")}}`;
}

async function rootOf(leaf, index, size, hashes) {
  let [at, last, root] = [BigInt(index), BigInt(size) - 1n, leaf];
  if (at < 0n || at > last) throw new Error("the event is not below the checkpoint");
  for (const other of hashes) {
    if (last === 0n) throw new Error("the proof is too long");
    if (at & 1n || at === last) {
      root = await hash(NODE, other, root);
      while (!(at & 1n) && at !== 0n) [at, last] = [at >> 1n, last >> 1n];
    } else {
      root = await hash(NODE, root, other);
    }
    [at, last] = [at >> 1n, last >> 1n];
  }
  if (last !== 0n) throw new Error("the proof is too short");
  return root;
}

function parseNote(note) {
  const end = note.indexOf("\n\n");
  if (end < 0) throw new Error("the checkpoint is no signed note");
  const signed = note.slice(0, end + 1);
  const [, size, root] = signed.split("\n");
  const signatures = note.slice(end + 2).split("\n").filter(line => line.startsWith("\u2014 "))
    .map(line => line.split(" ")).map(([, name, value]) => ({name, value: bytes(value)}));
  return {signed, size, root: bytes(root), signatures};
}

/** Whether the key, as /tlog/key has it, signed the note. */
async function isSigned(note, key) {
  const [name, , ...rest] = key.trim().split("+");
  const typed = bytes(rest.join("+"));
  const id = (await hash(text.encode(name + "\n"), typed)).slice(0, 4);
  const imported = await crypto.subtle.importKey("raw", typed.slice(1), "Ed25519", false, ["verify"]);
  for (const signature of note.signatures) {
    if (signature.name === name && equal(signature.value.slice(0, 4), id)
        && await crypto.subtle.verify("Ed25519", imported, signature.value.slice(4), text.encode(note.signed))) {
      return true;
    }
  }
  return false;
}

async function get(path) {
  const answer = await fetch(path);
  if (answer.status === 404) throw new Error("no checkpoint covers this event yet: try again in a minute");
  if (!answer.ok) throw new Error(`${path} was answered with ${answer.status}`);
  return answer;
}

/**
 * Tells of each step as it is taken; throws at the first that fails.
 *
 * @param event as its leaf holds it
 */
export async function prove(event, tell) {
  if (!globalThis.crypto?.subtle) throw new Error("this browser computes hashes on https and localhost only");
  const leaf = await hash(LEAF, text.encode(canonical(event)));
  tell(`SHA-256 of this event, computed here: ${hex(leaf)}`);
  const proof = await (await get(`/api/v1/audit/events/${encodeURIComponent(event.event_id)}/proof`)).json();
  const note = parseNote(proof.checkpoint);
  const root = await rootOf(leaf, proof.sequence, proof.tree_size, proof.hashes.map(bytes));
  if (proof.sequence !== event.sequence) throw new Error("the proof is of another event");
  tell(`With ${proof.hashes.length} hashes of the tree it leads to the root ${base64(root)}`);
  if (!equal(root, note.root) || String(proof.tree_size) !== note.size) {
    throw new Error(`the checkpoint has another root: ${base64(note.root)}`);
  }
  tell(`That is the root of the checkpoint over ${note.size} events`);
  const key = await (await get("/tlog/key")).text();
  if (!await isSigned(note, key)) throw new Error(`the checkpoint is not signed by ${key}`);
  tell(`The checkpoint is signed by ${key.trim()}`);
}

/** The same, told in a list. */
export async function proveInto(list, event) {
  list.replaceChildren();
  const tell = (line, failed) => {
    const item = document.createElement("li");
    item.textContent = line;
    item.className = failed ? "failed" : "done";
    list.append(item);
  };
  try {
    await prove(event, tell);
    tell("Proven: this event is in the log, unchanged");
  } catch (failure) {
    tell(failure.name === "NotSupportedError" ? "this browser knows no Ed25519 signatures" : `Not proven: ${failure.message}`, true);
  }
}
