// The waiting page, live: shows what becomes of the mail, and takes a pasted code as people paste it.
// It submits nothing by itself, and everything works without it.

const states = document.getElementById("states");
const code = document.getElementById("code");
const look = document.getElementById("look");

function show(state) {
  if (state === states.dataset.state) {
    return;
  }
  states.dataset.state = state;
  for (const line of states.children) {
    line.hidden = line.dataset.state !== state;
  }
  if (["used", "ended"].includes(state)) {
    document.getElementById("code-form")?.remove();
  }
}

function listen() {
  const events = new EventSource(`/code/events?link_id=${states.dataset.link}`);
  events.addEventListener("state", (event) => show(event.data));
  events.addEventListener("end", () => events.close());
  events.addEventListener("open", () => { look.hidden = true; });
  events.addEventListener("error", () => {
    look.hidden = false;
    // Refused outright, and not just broken off: browsers leave it at that.
    if (events.readyState === EventSource.CLOSED && !document.hidden) {
      setTimeout(listen, 15000);
    }
  });
}

code?.addEventListener("paste", (event) => {
  const digits = event.clipboardData.getData("text").replace(/\D/g, "");
  if (digits.length === 6) {
    event.preventDefault();
    code.value = digits;
  }
});

listen();
