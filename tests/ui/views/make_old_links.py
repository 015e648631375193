"""Write old_links.json: links as they stood when the file was made, and what their pages showed.

Run by hand, once, before a change that must not alter what a link shows:

    python -m tests.ui.views.make_old_links

Of each link it keeps the settings as they were read and, by figure, the numbers of each trace as
three: how many, their mean, their root mean square (to 6 digits, which no rounding of another
machine reaches).
"""

import json
from urllib.parse import parse_qs

from tests.ui.views.old_links import OLD_LINKS, fingerprints
from ui import views
from ui.settings.address import read, spell

LINKS = """
lab?
lab?batch=8&std=7
lab?batch=1
lab?batch=2&shape=bimodal&seed=17
lab?batch=512&mean=-10&std=0.1
lab?std=0
lab?momentum=0&eps=10
lab?momentum=1&batch=4
lab?norm=layer&features=3&feature=2
lab?norm=layer&features=1
lab?view=four+batch+sizes&gamma=2&beta=-1
lab?view=four+batch+sizes&norm=layer&std=0.2&eps=0.1
lab?show=all+features&shape=heavy-tailed&features=256
lab?eps=0&std=3.7&momentum=0.005
small_batches?
small_batches?batch=4
small_batches?batch=2&eps=0
small_batches?batch=512&shape=skewed&seed=9999
small_batches?batch=3&std=0.1&eps=1
small_batches?shape=rectified&features=5
running_statistics?
running_statistics?momentum=0.9&batch=2
running_statistics?momentum=0
running_statistics?average=cumulative&drift=0.1
running_statistics?average=bias-corrected&start_mean=-4&start_var=3
running_statistics?stored=unbiased&batch=6&shape=heavy-tailed
train_vs_inference?
train_vs_inference?batch=4&sample=2
train_vs_inference?case=one+class&separation=2
train_vs_inference?steps=10&momentum=0.01
train_vs_inference?stored=unbiased&eps=1&std=0.5
train_vs_inference?batch=1&shape=bimodal
batch_vs_layer?
batch_vs_layer?batch=2&features=4&gamma=-1
batch_vs_layer?entry_row=8&entry_column=1&positions=3&groups=2
batch_vs_layer?shortest=5&std=0.1&mean=-7
batch_vs_layer?invariant_norm=LN&eps=0.1
gradients?
gradients?batch=4&eps=0.1
gradients?batch=2&eps=0
gradients?norm=layer&features=6&gamma=2
gradients?batch=512&features=2&seed=3
numerics?
numerics?std=0.1&eps=0.01
numerics?mean=10&batch=512&shape=skewed
numerics?eps=0&std=0
effective_batch?
effective_batch?batch=4&devices=8&height=14&width=14
effective_batch?batch=1&devices=1&height=1&width=1
effective_batch?batch=2&correlation=0.95&synchronised=yes&seed=3
effective_batch?shape=rectified&height=5&width=28&ghost=4&accumulation=8
"""


def main() -> None:
    links = []
    for link in LINKS.split():
        page, _, query = link.partition("?")
        view = views.load(page)
        settings, _ = read(view.settings, parse_qs(query))
        links.append(
            {
                "link": link,
                "settings": spell(settings),
                "figures": fingerprints(view.show(settings)),
            }
        )
    lines = ",\n".join(json.dumps(link) for link in links)
    OLD_LINKS.write_text(f"[\n{lines}\n]\n", encoding="utf-8")


if __name__ == "__main__":
    main()
