def test_the_chosen_scheme_holds_on_the_next_page_before_it_is_painted(new_context):
    page = new_context(color_scheme="light").new_page()
    page.goto("/")
    page.get_by_label("Dark").check(force=True)

    page.goto("/sign-in/", wait_until="commit")
    page.wait_for_selector("body", state="attached")
    at_first = page.evaluate("document.documentElement.dataset.scheme")
    page.get_by_label("System").check(force=True)

    assert at_first == "dark"
    assert page.evaluate("document.documentElement.dataset.scheme") is None
    assert page.evaluate("localStorage.getItem('scheme')") is None


def test_without_a_connection_the_offline_page_appears(new_context):
    context = new_context()
    page = context.new_page()
    page.goto("/")
    page.evaluate("navigator.serviceWorker.ready")
    page.wait_for_function("navigator.serviceWorker.controller !== null")

    context.set_offline(True)
    page.goto("/styleguide/")
    page.wait_for_load_state()

    assert page.get_by_role("heading").inner_text() == "There is no connection."
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).fontFamily").startswith('"Charis SIL"')
