# Short names for what is done often. "make" alone lists them.
.DEFAULT_GOAL := help
.PHONY: help run test quick format pictures compose-up compose-down clean

help: ## list these targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

run: ## start Latchkey whole in one process
	./run

test: ## everything: unit and integration tests, all checks
	./mvnw verify

quick: ## unit tests and all checks of the code, under a minute
	./mvnw -Pquick verify

format: ## bring the sources into their format
	./mvnw -q spotless:apply

pictures: ## take the pictures of all pages and of the mails again
	./mvnw -q verify -pl auth-api,mail-rendering,audit-consumer -am -Dtest=NoneOfThem -Dsurefire.failIfNoSpecifiedTests=false \
		-Dit.test='*ScreenshotsIT' -Dfailsafe.failIfNoSpecifiedTests=false \
		-Dlatchkey.screenshots=$(CURDIR)/docs/images
	pngquant --ext .png --force docs/images/*.png

compose-up: ## start the services in containers of their own
	./mvnw -q -DskipTests package
	./compose/env
	docker compose up --build --wait

compose-down: ## stop those containers, keeping their data
	docker compose down

clean: ## remove what the build made
	./mvnw -q clean
