# `make run` and `make test` set up what they need; `make test ARGS="-k consolidate"` hands options on.
# bin/parallax says where it looks for a Python >= 3.12.
.PHONY: run test setup check

run test setup check:
	@bin/parallax $@ $(ARGS)
