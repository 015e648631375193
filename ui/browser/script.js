// A script that is not a module, as plotly.js is: loaded once, however often it is asked for.

const loading = new Map(); // address -> the promise of its end

export function loadScript(address) {
  if (!loading.has(address)) {
    loading.set(
      address,
      new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = address;
        script.onload = resolve;
        script.onerror = () => reject(new Error(`${address} did not arrive`));
        document.head.append(script);
      }),
    );
  }
  return loading.get(address);
}
