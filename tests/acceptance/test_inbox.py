"""The inbox in a real browser: the number in the bar, read and undone, and from the keyboard to the thing itself."""

from urllib.parse import urlsplit

from playwright.sync_api import Page, expect


def unread(page: Page) -> int:
    return int(page.locator(".topbar .bar-inbox b").inner_text().split()[0])


def test_a_notice_is_marked_marked_back_and_opened(open_as, demo_login):
    page = open_as(demo_login("nurse"))
    base = "{0.scheme}://{0.netloc}".format(urlsplit(page.url))
    page.goto(f"{base}/inbox/")
    before = unread(page)
    assert before >= 2
    page.locator(".inbox-row").first.get_by_role("button", name="Markera som läst").click()
    expect(page.locator("#toasts")).to_contain_text("Markerat som läst")
    assert unread(page) == before - 1
    page.locator("#toasts").get_by_role("button", name="Ångra").click()
    expect(page.locator("#toasts")).to_contain_text("Oläst igen")
    assert unread(page) == before
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/inbox/" not in url)
    expect(page.locator("h1").first).to_be_visible()
    page.goto(f"{base}/inbox/")
    assert unread(page) == before - 1


def test_the_service_worker_may_be_registered_under_the_policy(open_as, demo_login):
    page = open_as(demo_login("nurse"))
    base = "{0.scheme}://{0.netloc}".format(urlsplit(page.url))
    page.goto(f"{base}/inbox/")
    scope = page.evaluate(
        "navigator.serviceWorker.register('/inbox/worker.js', {scope: '/inbox/'}).then(found => found.scope)"
    )
    assert scope == f"{base}/inbox/"
